"""The gate, equal neighbours and neighbours that stand on their own findings."""

from clinical.reference import reference
from clinical.segments import Finding, Label, Pattern, infer_segments
from clinical.segments.levels import rank
from clinical.segments.scoring import RootScore, Scoreboard, neighbours
from clinical.segments.severity import items_of
from clinical.segments.sides import SideView
from clinical.vocabulary import Side

KNOWN = reference()


def weak(*muscles: str) -> list[Finding]:
    return [Finding("strength_mrc", muscle, 4, 5) for muscle in muscles]


NORMAL_ARM = [
    *(Finding("strength_mrc", m, 5, 5) for m in ("deltoid", "pronator_teres", "anconeus")),
    *(Finding(sign, "C7", 2, 2) for sign in ("pinprick", "light_touch")),
    Finding("reflex", "triceps", 2, 2),
]


def test_two_weak_muscles_through_different_nerves_are_flagged_where_all_else_is_normal():
    report = infer_segments([*weak("triceps_brachii", "flexor_carpi_radialis"), *NORMAL_ARM])
    (flag,) = report.levels
    assert (flag.root, flag.label, report.pattern) == ("C7", Label.WEAK, Pattern.ROOT)
    assert 1 <= flag.score < 1.6


def test_two_half_weak_muscles_are_not():
    half = [Finding("strength_mrc", m, 4.33, 5) for m in ("triceps_brachii", "latissimus_dorsi")]
    assert infer_segments([*half, *NORMAL_ARM]).levels == ()


def test_a_second_root_beside_the_first_needs_findings_that_only_it_explains():
    l5 = weak("gluteus_medius", "tibialis_posterior", "extensor_hallucis_longus")
    s1 = weak("gastrocnemius_lateral", "gluteus_maximus")
    both = infer_segments([*l5, *s1]).levels
    assert {level.root for level in both} == {"L5", "S1"}
    assert both[0].concurrent_with == (both[1].root,)
    one = infer_segments([*l5, *weak("gastrocnemius_lateral")]).levels
    assert [level.concurrent_with for level in one] == [()]


def test_equal_roots_are_ordered_by_how_often_they_are_affected():
    def score(root: str) -> RootScore:
        return RootScore(root, Side.LEFT, 2.0, 2.0, (), (), KNOWN.model)

    roots = sorted(("C4", "T1", "C6", "C7", "C3"), key=lambda root: rank(score(root), KNOWN))
    assert roots == ["C7", "C6", "T1", "C3", "C4"]


def test_the_first_and_the_last_root_have_one_neighbour():
    assert (neighbours("C1"), neighbours("S5")) == (("C2",), ("S4",))


def right_view(findings: list[Finding]) -> SideView:
    return SideView(Scoreboard(items_of(findings, KNOWN), Side.RIGHT, KNOWN))


def test_a_board_with_an_item_taken_out_is_the_board_made_without_it():
    findings = [*weak("triceps_brachii", "flexor_carpi_radialis"), *NORMAL_ARM]
    view = right_view(findings)
    for dropped in findings:
        old = [item for item in view.board.items if dropped in item.parts]
        changed = view.changed(old, ()).board.scores()
        made = right_view([f for f in findings if f is not dropped]).board.scores()
        assert [(s.ranking, s.label) for s in changed.values()] == [
            (s.ranking, s.label) for s in made.values()
        ]
