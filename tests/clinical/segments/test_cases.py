"""The written cases: what is reached on both halves, and what must never happen.

``judging`` says in words what a right answer is. The two halves were drawn by chance (within each
kind of case) before the model was tuned on the first one.
"""

import pytest

from clinical.reference import reference
from clinical.segments import Finding, Pattern, SegmentReport, infer_segments
from clinical.vocabulary import Side
from tests.clinical.segments.judging import (
    Case,
    faults,
    flagged,
    misses_red_flag,
    read_cases,
    wrong_sides,
)

KNOWN = reference()
TUNING, HELD_BACK = read_cases("tuning"), read_cases("held_back")
ALL = (*TUNING, *HELD_BACK)


def answer(case: Case) -> SegmentReport:
    return infer_segments(case.findings, case.context, with_fragility=False)


def right(cases: tuple[Case, ...]) -> int:
    return sum(not faults(case, answer(case)) for case in cases)


def test_the_half_used_for_tuning_reaches_the_figure_that_is_published():
    checked = KNOWN.model.checked
    assert (right(TUNING), len(TUNING)) == (checked.right_tuning, checked.cases_tuning)


def test_the_half_held_back_reaches_the_figure_that_is_published():
    checked = KNOWN.model.checked
    assert (right(HELD_BACK), len(HELD_BACK)) == (checked.right_held_back, checked.cases_held_back)


def test_no_case_is_flagged_on_a_wrong_side():
    found = {case.id: [flag.root for flag in wrong_sides(case, answer(case))] for case in ALL}
    assert {name: roots for name, roots in found.items() if roots} == {}


def test_no_red_flag_is_missed():
    must_be_referred = [case for case in ALL if case.pattern == (Pattern.RED_FLAG,)]
    assert len(must_be_referred) >= 15
    assert [case.id for case in must_be_referred if misses_red_flag(case, answer(case))] == []


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_the_mirror_image_of_a_case_names_the_other_side(case):
    mirror = infer_segments(
        [finding.swapped() for finding in case.findings], case.context, with_fragility=False
    )
    report = answer(case)
    assert mirror.pattern is report.pattern
    sides = [(flag.root, flag.side.other) for flag in flagged(report)]
    assert sorted((flag.root, flag.side) for flag in flagged(mirror)) == sorted(sides)


def test_every_case_has_an_id_of_its_own_and_names_sources_that_exist():
    assert len({case.id for case in ALL}) == len(ALL)
    assert {source for case in ALL for source in case.sources} <= set(KNOWN.sources)
    assert all(case.sources for case in ALL)


def test_the_cases_cover_arm_trunk_and_leg_on_both_sides():
    roots = {root for case in ALL for root in (*case.roots, *case.both)}
    limb_roots = {"C4", "C5", "C6", "C7", "C8", "T1", "L1", "L2", "L3", "L4", "L5", "S1", "S2"}
    assert limb_roots | {f"T{number}" for number in range(4, 11)} <= roots
    assert {case.side for case in ALL} == {Side.RIGHT, Side.LEFT, None}
    assert {case.kind for case in TUNING} == {case.kind for case in HELD_BACK}


def case_of(**expected: object) -> Case:
    plain = {"kind": "", "text": "", "sources": (), "context": None, "label": (), "flags": ()}
    none = {"side": None, "roots": (), "both": (), "nerves": (), "findings": ()}
    return Case(id="", **{**plain, **none, **expected})  # type: ignore[arg-type]


C7 = infer_segments(
    [Finding("strength_mrc", "triceps_brachii", 4, 5), Finding("reflex", "triceps", 1, 2)]
)
NOTHING = infer_segments([])
ULNAR = infer_segments(
    [Finding("light_touch", "ulnar", 1, 2), Finding("nerve_palpation", "ulnar", True, False)]
)
ROOT, NERVE = (Pattern.ROOT,), (Pattern.PERIPHERAL_NERVE,)


@pytest.mark.parametrize(
    ("report", "expected", "found"),
    [
        (C7, {"pattern": ROOT, "side": Side.RIGHT, "roots": ("C7",)}, []),
        (C7, {"pattern": ROOT, "side": Side.RIGHT, "roots": ("C6", "C7")}, []),
        (C7, {"pattern": ROOT, "side": Side.RIGHT, "roots": ("C6",)}, ["first C7"]),
        (
            C7,
            {"pattern": ROOT, "side": Side.LEFT, "roots": ("C7",)},
            ["wrong side C7 right"],
        ),
        (C7, {"pattern": ROOT, "side": Side.RIGHT, "both": ("C7", "C8")}, ["missing C8"]),
        (
            C7,
            {"pattern": ROOT, "flags": (("C8", Side.RIGHT),)},
            ["missing C8", "first C7"],
        ),
        (C7, {"pattern": (Pattern.NONE,)}, ["pattern root", "flags C7"]),
        (C7, {"pattern": ROOT, "label": ("weak",)}, ["C7 moderate"]),
        (NOTHING, {"pattern": (Pattern.NONE,)}, []),
        (
            NOTHING,
            {"pattern": ROOT, "side": Side.RIGHT, "roots": ("C7",)},
            ["pattern none", "first -"],
        ),
        (ULNAR, {"pattern": NERVE, "side": Side.RIGHT, "nerves": ("ulnar",)}, []),
        (ULNAR, {"pattern": NERVE, "side": Side.LEFT, "nerves": ("ulnar",)}, ["nerve ulnar"]),
        (ULNAR, {"pattern": NERVE, "side": Side.RIGHT, "nerves": ("median",)}, ["nerve ulnar"]),
    ],
)
def test_the_judge_finds_what_is_wrong(report, expected, found):
    assert faults(case_of(**expected), report) == found
