"""The report of an assessment: what was decided and planned stands in it, and what came later."""

import io
from decimal import Decimal

import pypdf
import pytest

from assessment import decisions
from assessment.cells import Cell
from assessment.choices import Battery, Decision
from assessment.decisions import Choice
from assessment.inference import report_of
from assessment.models import Assessment
from assessment.notes import Note
from assessment.services import save_cells, sign_assessment
from clinical.vocabulary import Side
from people.models import User
from reports import documents, panels
from reports.decided import decided_of
from reports.summaries import assessment_summary, finding_rows
from tests import factories
from tests.assessment.conftest import c6_cells
from tests.reports.conftest import text_of

# One muscle of every drawing of the chart.
OF_EVERY_DRAWING = (
    *("deltoid", "psoas_major", "trapezius_upper"),
    *("supraspinatus", "multifidus_cervical_upper"),
)


@pytest.fixture
def examined(db: None) -> Assessment:
    """A draft with a C6 pattern on the right."""
    practitioner = factories.make_practitioner()
    draft = factories.make_assessment(practitioner=practitioner, battery=Battery.NECK_ARM)
    return save_cells(pk=draft.pk, cells=c6_cells())


def physio(assessment: Assessment) -> User:
    return assessment.practitioner.user


def decide(assessment: Assessment, decision: Decision, **more: str) -> None:
    choice = Choice("C6", "right", decision, **more)
    decisions.decide_flags(assessment=assessment, by=physio(assessment), choices=[choice])


def sign(assessment: Assessment, **more: object) -> Assessment:
    found = list(assessment.decisions.all())
    return sign_assessment(assessment=assessment, by=physio(assessment), decisions=found, **more)  # type: ignore[arg-type]


def printed(assessment: Assessment) -> bytes:
    report = assessment.report or report_of(assessment).to_json()
    return documents.assessment_document(assessment_summary(assessment, report))


def words_of(assessment: Assessment) -> list[str]:
    report = assessment.report or report_of(assessment).to_json()
    levels = decided_of(assessment, report).levels
    return [f"{one.level['root']} {one.level['side']}: {one.words}" for one in levels]


def test_an_amended_flag_names_the_level_the_reason_and_who(examined: Assessment) -> None:
    decide(
        examined,
        Decision.AMENDED,
        reason="Reflex unreliable",
        amended_root="C7",
        amended_side="right",
    )
    text = text_of(printed(sign(examined)))
    assert "C6 right: strong pattern Amended to C7 right by " in text
    assert ": Reflex unreliable" in text


def test_a_flag_says_accepted_rejected_or_not_decided(examined: Assessment) -> None:
    assert words_of(examined) == ["C6 right: Not decided"]
    decide(examined, Decision.REJECTED, reason="Old injury")
    assert words_of(examined) == ["C6 right: Rejected"]
    decide(examined, Decision.ACCEPTED)
    assert words_of(sign(examined)) == ["C6 right: Accepted"]


def test_a_signature_without_decisions_accepted_every_flag(examined: Assessment) -> None:
    signed = sign_assessment(assessment=examined, by=physio(examined))
    assert words_of(signed) == ["C6 right: Accepted with the signature"]


def test_the_plan_stands_with_dangers_and_precautions(examined: Assessment) -> None:
    factories.make_screening(examined.patient, alerts=["Anticoagulant: apixaban"])
    decide(examined, Decision.ACCEPTED)
    text = text_of(printed(sign(examined, planned=[("rhomboid_major", "left", "C5")])))
    assert "Precautions on record: Anticoagulant: apixaban" in text
    assert "Rhomboid major Over the lung: pneumothorax caution. Near: " in text
    assert "Left C5" in text


def test_what_was_done_about_a_red_flag_stands_in_the_report(examined: Assessment) -> None:
    save_cells(pk=examined.pk, cells=[Cell("umn_signs", "hoffmann", Side.LEFT, Decimal(1))])
    text = text_of(printed(sign(examined, red_flag_action="Sent to emergency at once.")))
    assert "Red flag, what was done: Sent to emergency at once." in text


def test_an_addendum_stands_below_the_signed_words_with_its_author(examined: Assessment) -> None:
    decide(examined, Decision.ACCEPTED)
    signed = sign(examined, note="Signed words.")
    decisions.add_addendum(assessment=signed, by=physio(signed), text="The left hand, not right.")
    text = text_of(printed(signed))
    assert "read the addenda at the end" in text
    below = text.partition("Note Signed words.")[2]
    assert f"{physio(signed)} The left hand, not right." in below


def test_a_range_of_motion_is_printed_with_its_difference(examined: Assessment) -> None:
    degrees = zip(Side, (Decimal(70), Decimal(55)), strict=True)
    cells = [Cell("joint_range", "neck_rotation", side, value) for side, value in degrees]
    save_cells(pk=examined.pk, cells=cells)
    [row] = [row for row in finding_rows(list(examined.findings.all())) if row.difference]
    assert (row.sign, row.right, row.left) == ("Active range of motion", "70", "55")
    assert (row.differs, row.difference) == (True, "15 ° less on the left")


def test_every_drawing_with_a_graded_muscle_is_printed(examined: Assessment) -> None:
    save_cells(
        pk=examined.pk,
        cells=[
            Cell("tenderness", muscle, side, Decimal(3))
            for muscle in OF_EVERY_DRAWING
            for side in Side
        ],
    )
    drawn = panels.chart_panels(examined)
    assert len(drawn) == 5
    pages = pypdf.PdfReader(io.BytesIO(printed(examined))).pages
    assert len(pages) <= 5


def test_a_note_on_a_muscle_stands_in_the_report_with_its_side(examined: Assessment) -> None:
    notes = [Note("deltoid", Side.LEFT, "Taut band <3 cm>"), Note("soleus", Side.RIGHT, "w" * 200)]
    save_cells(pk=examined.pk, cells=[], notes=notes)
    text = text_of(printed(sign_assessment(assessment=examined, by=physio(examined))))
    assert "Notes on muscles Muscle Right Left Deltoid Taut band <3 cm>" in text
    lines = assessment_summary(examined, {"levels": []}).notes
    assert [(line.muscle, line.right, line.left) for line in lines] == [
        ("Deltoid", "", "Taut band <3 cm>"),
        ("Soleus", "w" * 200, ""),
    ]
