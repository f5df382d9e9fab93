from assessment.models import Assessment
from assessment.picture import (
    chart_grades,
    chart_views,
    graded_views,
    grades_of,
    ladder_cells,
)
from assessment.services import sign_assessment
from clinical.body_chart import render_panel
from clinical.ladder import render_ladder_svg
from clinical.vocabulary import Side


def test_the_chart_shows_the_higher_of_tone_and_tenderness(examined: Assessment) -> None:
    assert chart_grades(examined) == {
        ("brachioradialis", Side.RIGHT): 3,
        ("brachioradialis", Side.LEFT): 1,
    }


def test_a_side_that_was_not_palpated_has_no_grade(examined: Assessment) -> None:
    examined.findings.filter(site="brachioradialis", side="left").delete()
    assert chart_grades(examined)["brachioradialis", Side.LEFT] is None


def test_strength_is_no_grade_of_the_chart(examined: Assessment) -> None:
    examined.findings.filter(sign__in=("muscle_tone", "tenderness")).delete()
    assert chart_grades(examined) == {}


def test_chart_and_ladder_can_be_drawn_for_print(examined: Assessment) -> None:
    svg = render_panel("front", "surface", chart_grades(examined), title="x", standalone=True)
    assert 'class="m g3"' in svg
    assert "strong" in render_ladder_svg(ladder_cells(examined))


def test_each_view_says_which_side_lies_where() -> None:
    front, back = chart_views("surface", {})
    assert (front["view"], front["sides"]) == ("front", [Side.RIGHT, Side.LEFT])
    assert (back["view"], back["sides"]) == ("back", [Side.LEFT, Side.RIGHT])


def test_a_report_shows_only_the_drawings_with_a_palpated_muscle(examined: Assessment) -> None:
    names = [view["name"] for view in graded_views(chart_grades(examined))]
    assert names == ["Front, surface", "Back, surface"]
    assert len(graded_views({})) == 2


def test_a_signed_ladder_is_the_stored_one(examined: Assessment) -> None:
    before = ladder_cells(examined)
    signed = sign_assessment(assessment=examined, by=examined.practitioner.user)
    assert ladder_cells(signed) == before
    signed.report["ladder"] = signed.report["ladder"][:1]
    assert ladder_cells(signed) == before[:1]


def test_rows_that_are_read_already_give_the_same_grades(examined: Assessment) -> None:
    assert grades_of(list(examined.findings.all())) == chart_grades(examined)
