"""What must hold for every examination."""

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st

from clinical.reference import reference
from clinical.segments import Finding, Pattern, SegmentReport, infer_segments
from clinical.segments.findings import MRC_GRADES
from clinical.vocabulary import Side

KNOWN = reference()
MUSCLES = sorted({m for level in KNOWN.levels.values() for m in level.discriminating_muscles})
REFLEXES = ["biceps", "brachioradialis", "triceps", "patellar", "achilles", "medial_hamstring"]
ROOT_NAMES = ["C5", "C6", "C7", "C8", "T1", "T4", "L3", "L4", "L5", "S1"]
SIGNS = {
    "strength_mrc": (MUSCLES, sorted(MRC_GRADES.values())),
    "tenderness": (MUSCLES, [0, 1, 2, 3, 4]),
    "muscle_tone": (MUSCLES, [0, 1, 2, 3, 4]),
    "reflex": (REFLEXES, [0, 1, 2, 3]),
    "pinprick": (ROOT_NAMES, [0, 1, 2]),
    "paraspinal_band": (ROOT_NAMES, [0, 1, 2, 3, 4]),
    "matchstick_test": ([*ROOT_NAMES, "forearm"], [0, 1, 2, 3]),
    "skin_temperature": (["hand", "foot"], [29.0, 29.6, 30.0, 31.0]),
    "slr": ([""], [False, True]),
    "nerve_palpation": (["median", "common_fibular"], [False, True]),
}


@st.composite
def findings(draw: st.DrawFn, *, allow_untested: bool = True) -> Finding:
    sign = draw(st.sampled_from(sorted(SIGNS)))
    sites, values = SIGNS[sign]
    value = st.sampled_from(values)
    either = st.none() | value if allow_untested else value
    pain = st.just(False) if sign != "strength_mrc" else st.booleans()
    site = draw(st.sampled_from(sites))
    return Finding(sign, site, draw(either), draw(either), draw(pain), draw(pain))


def examinations(**options: bool) -> st.SearchStrategy[list[Finding]]:
    return st.lists(findings(**options), max_size=14, unique_by=lambda f: (f.sign, f.site))


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
    assert report.pattern in (Pattern.NONE, Pattern.SYMMETRIC, Pattern.WIDESPREAD)


@settings(max_examples=40, deadline=None)
@given(examinations(), st.lists(st.sampled_from(MUSCLES), unique=True, max_size=4))
def test_what_was_not_tested_changes_nothing(examination, muscles):
    seen = {(finding.sign, finding.site) for finding in examination}
    untested = [Finding("strength_mrc", m) for m in muscles if ("strength_mrc", m) not in seen]
    assert infer_segments([*examination, *untested]) == infer_segments(examination)


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
