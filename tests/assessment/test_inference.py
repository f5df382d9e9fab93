from decimal import Decimal

import pytest

from assessment.cells import Cell
from assessment.inference import examine, findings_of, history_of, report_of
from assessment.models import Assessment
from assessment.services import save_cells
from clinical.segments import Finding, Pattern
from clinical.vocabulary import Side
from tests import factories


def screen(assessment: Assessment, **answers: str) -> None:
    reasons = [{"question_id": key, "answer": answer} for key, answer in answers.items()]
    factories.make_screening(assessment.patient, reasons=reasons)


def test_two_rows_are_one_finding_and_a_missing_side_is_not_tested(draft: Assessment) -> None:
    cells = [
        Cell("strength_mrc", "deltoid", Side.RIGHT, Decimal("4.33"), is_pain_inhibited=True),
        Cell("strength_mrc", "deltoid", Side.LEFT, Decimal(5)),
        Cell("reflex", "biceps", Side.LEFT, Decimal(1)),
    ]
    save_cells(pk=draft.pk, cells=cells)
    assert findings_of(draft.findings.all()) == (
        Finding("strength_mrc", "deltoid", Decimal("4.33"), Decimal(5), pain_inhibited_right=True),
        Finding("reflex", "biceps", None, Decimal(1)),
    )


def test_the_report_names_the_root_on_its_side(examined: Assessment) -> None:
    report = report_of(examined)
    assert (report.levels[0].root, report.levels[0].side) == ("C6", Side.RIGHT)
    assert report.pattern is Pattern.ROOT


def test_a_flag_of_few_signs_says_what_it_depends_on(examined: Assessment) -> None:
    examined.findings.exclude(sign__in=("reflex", "pinprick")).delete()
    assert "C6" in [level.root for level in report_of(examined).levels if level.depends_on]


def test_while_a_hand_waits_the_fragility_is_left_out(examined: Assessment) -> None:
    quick = examine(examined, with_fragility=False).report
    assert [(one.root, one.label, one.depends_on) for one in quick.levels] == [
        (one.root, one.label, ()) for one in report_of(examined).levels
    ]


def test_the_newest_screening_is_the_history(draft: Assessment) -> None:
    screen(draft, rf_fever="yes", diabetes="yes")
    assert "Same-day medical assessment." in history_of(draft).red_flags[0]
    assert history_of(draft).has_diabetes
    screen(draft)
    assert history_of(draft).red_flags == ()


def test_a_red_flag_of_the_intake_comes_first(examined: Assessment) -> None:
    screen(examined, rf_fever="yes")
    report = report_of(examined)
    assert report.pattern is Pattern.RED_FLAG
    assert report.messages[0].code == "red_flag_history"


def test_the_history_of_somebody_else_does_not_count(draft: Assessment) -> None:
    screen(factories.make_assessment(), rf_fever="yes")
    assert history_of(draft).red_flags == ()


def test_the_age_is_that_of_the_day_of_the_examination(draft: Assessment) -> None:
    assert history_of(draft).age == draft.patient.age


@pytest.mark.django_db
def test_the_engine_asks_the_database_twice(
    examined: Assessment, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        examine(examined)
