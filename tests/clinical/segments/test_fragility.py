"""What a flag depends on, worked out the short way, is what leaving each finding out shows."""

from hypothesis import given, settings
from hypothesis import strategies as st

from clinical.reference import reference
from clinical.segments import Context, Finding, infer_segments
from clinical.segments.decision import decide
from clinical.segments.explain import subject
from clinical.segments.findings import scored_findings
from clinical.segments.fragility import Flag, dependence, words_of
from tests.clinical.segments.examinations import examinations, patients

KNOWN = reference()


def the_long_way(findings: tuple[Finding, ...]) -> dict[Flag, tuple[str, ...]]:
    before = words_of(decide(findings, Context(), KNOWN))
    depends: dict[Flag, dict[str, None]] = {flag: {} for flag in before}
    for dropped in findings if before else ():
        rest = [finding for finding in findings if finding is not dropped]
        after = words_of(decide(rest, Context(), KNOWN))
        for flag, label in before.items():
            if after.get(flag) is not label:
                depends[flag][subject(dropped, KNOWN)] = None
    return {flag: tuple(names) for flag, names in depends.items()}


@settings(max_examples=60, deadline=None)
@given(st.one_of(examinations(), patients()))
def test_the_short_way_gives_what_the_long_way_gives(examination):
    findings = scored_findings(examination, KNOWN)
    decision = decide(findings, Context(), KNOWN)
    assert dependence(decision, findings, KNOWN) == the_long_way(findings)


def test_a_flag_without_fragility_is_the_same_flag():
    findings = [
        Finding("strength_mrc", "triceps_brachii", 4, 5),
        Finding("reflex", "triceps", 1, 2),
    ]
    (with_it,), (without,) = (
        infer_segments(findings, with_fragility=wanted).levels for wanted in (True, False)
    )
    assert with_it.depends_on == ("Triceps reflex", "Triceps brachii")
    assert (without.depends_on, without.score) == ((), with_it.score)


def test_a_muscle_of_two_signs_keeps_what_the_other_sign_says():
    l5 = [
        Finding("tenderness", "gluteus_medius", 3, 0),
        Finding("muscle_tone", "gluteus_medius", 3, 0),
        Finding("paraspinal_band", "L5", 3, 0),
        Finding("pinprick", "L5", 1, 2),
    ]
    findings = scored_findings(l5, KNOWN)
    decision = decide(findings, Context(), KNOWN)
    assert dependence(decision, findings, KNOWN) == the_long_way(findings)
    (flag,) = infer_segments(l5).levels
    assert flag.label == "moderate"
    assert "Gluteus medius" not in flag.depends_on
