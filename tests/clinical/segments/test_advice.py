"""What a report says about its own certainty and about other causes."""

from clinical.segments import Context, Finding, infer_segments


def texts(findings, context=Context()):  # noqa: B008 - frozen
    return {m.code: m.text for m in infer_segments(findings, context).messages}


TENDER_L5 = [
    Finding("tenderness", "gluteus_medius", 3, 0),
    Finding("tenderness", "tibialis_posterior", 2, 0),
    Finding("paraspinal_band", "L5", 3, 0),
]
WEAK_C5 = [
    Finding("strength_mrc", "deltoid", 4, 5),
    Finding("strength_mrc", "biceps_brachii", 4, 5),
    Finding("reflex", "biceps", 1, 2),
]


def test_palpation_alone_is_of_low_certainty():
    text = texts(TENDER_L5)["palpation_only"]
    assert text.startswith("L5 on the right rests on palpation and provocation alone: low")
    assert "palpation_only" not in texts(
        [*TENDER_L5, *WEAK_C5[:2], Finding("pinprick", "L5", 1, 2)]
    )


def test_the_look_alikes_of_a_flagged_root_are_named():
    text = texts(WEAK_C5)["look_alikes"]
    assert text.startswith("C5 on the right, other causes to consider: rotator cuff tear")
    assert "look_alikes" not in texts([])


def test_strength_that_pain_limits_is_said_with_its_muscles():
    painful = [
        Finding("strength_mrc", "deltoid", 5, 4, pain_inhibited_left=True),
        Finding("strength_mrc", "supraspinatus", 5, 4, pain_inhibited_left=True),
    ]
    said = texts(painful)
    assert said["pain_inhibited"].startswith(
        "Strength on the left was limited by pain (Deltoid, Supraspinatus): it counts less."
    )
    assert said["non_neural_cause"].startswith("The signs on the left make no pattern")


def test_autonomic_signs_do_not_localise():
    said = texts([Finding("skin_temperature", "hand", 31, 29)])
    assert said["autonomic_does_not_localise"].startswith(
        "Skin temperature, sweating, goose-bumps and hair on the left do not localise a level"
    )
    assert "non_neural_cause" not in said
    assert "autonomic_does_not_localise" not in texts(WEAK_C5)


def test_another_cause_is_considered_only_where_no_root_or_nerve_is_named():
    one_muscle = [Finding("tenderness", "infraspinatus", 0, 3)]
    assert "on the left" in texts(one_muscle)["non_neural_cause"]
    assert "on the left" in texts([*WEAK_C5, *one_muscle])["non_neural_cause"]
    assert "non_neural_cause" not in texts(WEAK_C5)
    tapped = Finding("nerve_palpation", "lateral_femoral_cutaneous", True, False)
    skin = Finding("light_touch", "lateral_femoral_cutaneous", 1, 2)
    assert "non_neural_cause" not in texts([skin, tapped])


def test_a_red_flag_asks_for_urgent_referral():
    assert "urgent_referral" in texts(WEAK_C5, Context(red_flags=("Fever.",)))
    assert "urgent_referral" in texts([Finding("umn_signs", "babinski", 1, 0)])
    assert "urgent_referral" not in texts(WEAK_C5)
