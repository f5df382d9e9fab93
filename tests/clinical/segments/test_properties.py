"""What must hold for every examination."""

import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st

from clinical.reference import reference
from clinical.segments import Context, Finding, Label, Pattern, SegmentReport, infer_segments
from clinical.vocabulary import Side
from tests.clinical.segments.examinations import MUSCLES, examinations, patients

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


@settings(max_examples=80, deadline=None)
@given(patients(), st.data())
def test_leaving_the_other_side_untested_never_makes_a_finding_stronger(examination, data):
    clear = [f for f in examination if f.left is not None and f.sign == "strength_mrc"]
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
