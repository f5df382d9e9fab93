"""What must hold for every examination."""

import dataclasses
import math
import re

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from clinical.reference import reference
from clinical.segments import Context, Finding, Label, Pattern, SegmentReport, infer_segments
from clinical.segments.scoring import coefficients
from clinical.vocabulary import Side
from tests.clinical.segments.examinations import SIGNS, examinations, patients

EQUAL_PATTERNS = (Pattern.NONE, Pattern.SYMMETRIC, Pattern.WIDESPREAD, Pattern.RED_FLAG)


def shape(report: SegmentReport, *, mirrored: bool = False) -> object:
    def seen(side: Side) -> Side:
        return side.other if mirrored else side

    return (
        report.pattern,
        {
            (
                level.root,
                seen(level.side),
                level.label,
                level.score,
                level.label_score,
                level.letters,
                level.equal_candidates,
                level.concurrent_with,
                level.best_untested,
                level.depends_on,
            )
            for level in report.levels
        },
        {(c.root, seen(c.side), c.score, c.label_score, c.is_gated) for c in report.candidates},
        {(n.nerve, seen(n.side), n.score, n.verdict) for n in report.nerves},
        sorted(message.code for message in report.messages),
        report.completeness,
    )


@settings(max_examples=60, deadline=None)
@given(examinations())
def test_swapping_left_and_right_swaps_the_report(examination):
    mirror = infer_segments([finding.swapped() for finding in examination])
    assert shape(mirror, mirrored=True) == shape(infer_segments(examination))


@settings(max_examples=40, deadline=None)
@given(examinations().flatmap(lambda e: st.tuples(st.just(e), st.permutations(e))))
def test_the_order_of_the_findings_does_not_matter(pair):
    assert infer_segments(pair[0]) == infer_segments(pair[1])


@settings(max_examples=60, deadline=None)
@given(examinations(allow_untested=False))
def test_identical_sides_flag_nothing(examination):
    equal = [
        dataclasses.replace(f, left=f.right, pain_inhibited_left=f.pain_inhibited_right)
        for f in examination
    ]
    report = infer_segments(equal)
    assert (report.levels, report.nerves, report.candidates) == ((), (), ())
    assert report.pattern in EQUAL_PATTERNS


PLACES = [(sign, site) for sign, (sites, _) in sorted(SIGNS.items()) for site in sites]


@settings(max_examples=60, deadline=None)
@given(examinations(), st.lists(st.sampled_from(PLACES), unique=True, max_size=6))
def test_what_was_not_tested_changes_nothing(examination, places):
    seen = {(finding.sign, finding.site) for finding in examination}
    untested = [Finding(sign, site) for sign, site in places if (sign, site) not in seen]
    assert infer_segments([*examination, *untested]) == infer_segments(examination)


@settings(max_examples=60, deadline=None)
@given(examinations(), st.data())
def test_a_test_that_was_left_out_takes_nothing_from_what_counts_as_tested(examination, data):
    """Not tested is never normal: leaving a test out never makes an examination more complete."""
    place = data.draw(st.integers(0, max(len(examination) - 1, 0)))
    less = [
        Finding(finding.sign, finding.site) if number == place else finding
        for number, finding in enumerate(examination)
    ]
    strength = [f for f in less if f.is_tested and f.right is not None and f.left is not None]
    assert infer_segments(less).completeness.tested <= len(strength)


@settings(max_examples=40, deadline=None)
@given(examinations())
def test_every_sentence_names_its_side_and_every_report_says_it_is_no_diagnosis(examination):
    report = infer_segments(examination)
    for level in report.levels:
        for piece in (*level.evidence, *level.against):
            assert f"on the {level.side}" in piece.sentence
        assert f"on the {level.side}" in level.explanation
    for nerve in report.nerves:
        assert f"on the {nerve.side}" in nerve.sentence
    assert report.messages[-1].code == "not_a_diagnosis"


WITHOUT_A_SIDE = ("not_a_diagnosis", "urgent_referral", "confounder_age")


@settings(max_examples=80, deadline=None)
@given(st.one_of(examinations(), patients()))
def test_every_message_about_a_finding_names_its_side_in_words(examination):
    report = infer_segments(examination, Context(age=70))
    for message in report.messages:
        if message.code not in WITHOUT_A_SIDE:
            assert re.search(r"\bon the (right|left)\b", message.text), message


@settings(max_examples=60, deadline=None)
@given(examinations(), st.sampled_from(["red_flags", "has_horner", "has_progressive_weakness"]))
def test_a_red_flag_of_the_history_is_said_first_and_takes_nothing_away(examination, flag):
    context = Context(**{flag: ("Unexplained loss of weight.",) if flag == "red_flags" else True})
    plain, flagged = infer_segments(examination), infer_segments(examination, context)
    assert flagged.pattern is Pattern.RED_FLAG
    assert (flagged.levels, flagged.nerves) == (plain.levels, plain.nerves)
    assert {message.code for message in plain.messages} <= {m.code for m in flagged.messages}


@settings(max_examples=60, deadline=None)
@given(st.one_of(examinations(), patients()))
def test_a_sign_of_the_cord_is_never_outvoted(examination):
    sign = Finding("umn_signs", "babinski", True, False)
    report = infer_segments([*examination, sign])
    assert (report.pattern, report.levels) == (Pattern.RED_FLAG, ())


SADDLE = reference().model.red_flags.saddle_muscles


def scores(report: SegmentReport, side: Side) -> dict[str, float]:
    return {found.root: found.score for found in report.candidates if found.side is side}


@settings(max_examples=80, deadline=None)
@given(patients(), st.data())
def test_a_higher_grade_on_the_affected_side_never_lowers_a_root_of_that_side(examination, data):
    graded = (f for f in examination if f.sign in ("tenderness", "strength_mrc", "pinprick"))
    plain = [finding for finding in graded if finding.site not in SADDLE]
    place = data.draw(st.integers(0, len(plain) - 1))
    chosen = plain[place]
    worse = {"tenderness": 4, "strength_mrc": 2, "pinprick": 0}[chosen.sign]
    raised = dataclasses.replace(chosen, right=worse, pain_inhibited_right=False)
    others = [*plain[:place], *plain[place + 1 :]]
    before = scores(infer_segments([*others, chosen]), Side.RIGHT)
    after = scores(infer_segments([*others, raised]), Side.RIGHT)
    assert [root for root, score in before.items() if after[root] < score - 0.001] == []


ABNORMAL = {
    "strength_mrc": (4, 5),
    "tenderness": (3, 0),
    "muscle_tone": (3, 0),
    "reflex": (0, 2),
    "pinprick": (1, 2),
    "paraspinal_band": (3, 0),
    "matchstick_test": (2, 0),
    "slr": (1, 0),
}
ONE_MORE = [
    Finding(sign, site, *ABNORMAL[sign])
    for sign, site in PLACES
    if sign in ABNORMAL and site not in SADDLE
]


def is_of_the_cord(report: SegmentReport) -> bool:
    """Whether a sign of the cord or of the cauda equina stopped the reasoning about roots."""
    return any(message.code.startswith("red_flag") for message in report.messages)


@settings(max_examples=120, deadline=None)
@given(st.one_of(examinations(), patients()), st.sampled_from(ONE_MORE))
@example([Finding("strength_mrc", "levator_ani", left=0)], Finding("matchstick_test", "C5", 2, 0))
def test_one_more_sign_on_a_root_never_lowers_that_root(examination, added):
    """In this sense: a sign that was not looked for before, abnormal on the right and normal on
    the left, never takes points (``score``) from a root on the right to which it belongs, and
    brings that root into the report. A sign of the cord, there before, keeps every root out."""
    assume((added.sign, added.site) not in {(f.sign, f.site) for f in examination})
    plain = infer_segments(examination)
    before = scores(plain, Side.RIGHT)
    after = scores(infer_segments([*examination, added]), Side.RIGHT)
    if is_of_the_cord(plain):
        assert (before, after) == ({}, {})
        return
    own = coefficients(added.sign, added.site, reference())
    assert [root for root in own if root not in after] == []
    assert [root for root in own if after[root] < before.get(root, -math.inf) - 0.001] == []


@settings(max_examples=80, deadline=None)
@given(patients(), st.data())
def test_leaving_a_strong_other_side_untested_never_makes_a_finding_stronger(examination, data):
    """Of a muscle that is as weak on the other side, the comparison itself is the evidence."""
    clear = [f for f in examination if f.left == 5 and f.sign == "strength_mrc"]
    chosen = data.draw(st.sampled_from(clear))
    half = dataclasses.replace(chosen, left=None)
    (before,), (after,) = (
        [f.evidence for f in infer_segments([f, REFLEX]).levels] or [()] for f in (chosen, half)
    )
    points = [sum(e.points for e in evidence) for evidence in (before, after)]
    assert points[1] <= points[0]


REFLEX = Finding("reflex", "triceps", 0, 2)


@settings(max_examples=60, deadline=None)
@given(patients())
def test_without_a_neurological_sign_no_root_is_a_strong_pattern(examination):
    touched = [f for f in examination if f.sign in ("tenderness", "paraspinal_band", "slr")]
    assert all(level.label is not Label.STRONG for level in infer_segments(touched).levels)
