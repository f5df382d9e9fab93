from clinical.segments import Finding, infer_segments

C6 = (
    Finding("strength_mrc", "extensor_carpi_radialis_brevis", 4, 5),
    Finding("strength_mrc", "pronator_teres", 4, 5),
    Finding("pinprick", "C6", 1, 2),
)


def test_an_examination_that_was_seen_before_still_says_what_its_flag_depends_on() -> None:
    def depends() -> tuple[str, ...]:
        findings = (Finding("reflex", "brachioradialis", 1, 2), Finding("pinprick", "C6", 1, 2))
        return infer_segments(findings).levels[0].depends_on

    assert depends() == depends() == ("Pinprick at the C6 point", "Brachioradialis reflex")


def test_the_fragility_can_be_left_out_and_changes_nothing_else() -> None:
    quick, full = infer_segments(C6, with_fragility=False), infer_segments(C6)
    assert [level.depends_on for level in quick.levels] == [()]
    assert [(one.root, one.label, one.score) for one in quick.levels] == [
        (one.root, one.label, one.score) for one in full.levels
    ]
