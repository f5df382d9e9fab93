from decimal import Decimal

from assessment.cells import Cell
from assessment.inference import examine
from assessment.ladder_page import LadderPage, ladder_page
from assessment.models import Assessment
from assessment.services import report_json, save_cells
from clinical.batteries import batteries
from clinical.ladder import LadderCell
from clinical.vocabulary import Side


def page_of(assessment: Assessment) -> LadderPage:
    found = examine(assessment)
    return ladder_page(report_json(found), found.ladder, batteries()[assessment.battery])


def test_the_rungs_are_the_roots_of_the_battery(draft: Assessment) -> None:
    page = page_of(draft)
    assert [rung.root for rung in page.rungs] == list(batteries()["neck_arm"].roots)
    assert page.rungs[0].words == "C2. Right: not tested. Left: not tested."
    assert page.also_calm == ()
    assert (page.is_empty, page.notes) == (True, ())


def test_the_flagged_root_holds_its_reasons_and_opens_first(examined: Assessment) -> None:
    assert not page_of(examined).is_empty
    rung = next(rung for rung in page_of(examined).rungs if rung.is_first)
    assert (rung.root, [level["root"] for level in rung.levels]) == ("C6", ["C6"])
    assert rung.words == (
        "C6. Right: strong, weakness, palpation, sensation, reflex. Left: nothing found."
    )


def test_a_finding_elsewhere_adds_its_rung_and_a_calm_root_its_name(examined: Assessment) -> None:
    cells = [
        Cell("reflex", "achilles", Side.LEFT, Decimal(0)),
        Cell("reflex", "achilles", Side.RIGHT, Decimal(2)),
        Cell("paraspinal_band", "T12", Side.LEFT, Decimal(0)),
        Cell("paraspinal_band", "T12", Side.RIGHT, Decimal(0)),
    ]
    save_cells(pk=examined.pk, cells=cells)
    page = page_of(examined)
    assert "S1" in [rung.root for rung in page.rungs]
    assert "T12" in page.also_calm


def test_a_red_flag_is_an_alert_and_the_rest_are_notes(examined: Assessment) -> None:
    cells = [Cell("umn_signs", "hoffmann", Side.RIGHT, Decimal(1))]
    save_cells(pk=examined.pk, cells=cells)
    page = page_of(examined)
    assert [message.code for message in page.alerts] == ["red_flag_umn"]
    assert page.levels == ()
    assert not any(rung.is_first for rung in page.rungs)
    assert "not_a_diagnosis" not in [message.code for message in page.notes]


def test_where_something_was_tested_it_is_said_that_no_root_stands_out(draft: Assessment) -> None:
    save_cells(pk=draft.pk, cells=[Cell("reflex", "biceps", Side.LEFT, Decimal(2))])
    assert [message.code for message in page_of(draft).notes] == ["no_level"]


def test_the_last_ladder_stands_behind_and_is_read_aloud_where_it_differs(
    examined: Assessment,
) -> None:
    report = examine(examined).report.to_json()
    last = [LadderCell("C6", Side.RIGHT, "weak", "P", tested=True)]
    page = ladder_page(report, examine(examined).ladder, batteries()["neck_arm"], last)
    rung = next(one for one in page.rungs if one.root == "C6")
    assert rung.right_last == last[0]
    assert rung.right_was == "was weak"
    assert ", last time weak, palpation. Left: " in rung.words
    alone = ladder_page(report, examine(examined).ladder, batteries()["neck_arm"])
    assert not any(rung.right_last or rung.left_last for rung in alone.rungs)
