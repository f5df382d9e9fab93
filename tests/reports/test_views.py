"""The four documents as a physiotherapist gets them: real PDFs, read back as text."""

import io

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from audit.choices import Action
from audit.models import AuditEvent
from reports import documents
from reports.rendering import CannotRender
from tests.factories import make_patient
from tests.reports.conftest import RecordOfOne, make_session, text_of


def fetched(client: Client, name: str, pk: int) -> bytes:
    answer = client.get(reverse(f"reports:{name}", args=[pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    content: bytes = answer.content
    return content


def test_the_intake_summary_says_answers_in_words_and_clinic_time(
    physio_client: Client, record_of_one: RecordOfOne
) -> None:
    text = text_of(fetched(physio_client, "intake-pdf", record_of_one.intake.pk))
    assert "Intake summary" in text
    assert "Submitted 15 December 2026, 10:30" in text
    assert "Do you have a pacemaker? No" in text
    assert "Suitable for needling" in text
    assert "Signed as Jonas Eklund" in text


def test_the_assessment_report_flags_with_reasons_and_never_diagnoses(
    physio_client: Client, record_of_one: RecordOfOne
) -> None:
    text = text_of(fetched(physio_client, "assessment-pdf", record_of_one.assessment.pk))
    assert "Draft: not signed." in text
    assert "C5" in text
    assert "not a diagnosis" in text
    assert "Infraspinatus" in text
    assert "does not mean normal" in text


def test_the_session_note_has_its_muscles_checks_and_addenda(
    physio_client: Client, record_of_one: RecordOfOne
) -> None:
    text = text_of(fetched(physio_client, "session-pdf", record_of_one.treatment.pk))
    assert "Right Infraspinatus C5" in text
    assert "2 in, 2 out" in text
    assert "no answer" in text
    assert "Called the patient." in text


def test_the_progress_report_has_a_table_beside_its_charts(
    physio_client: Client, record_of_one: RecordOfOne
) -> None:
    text = text_of(fetched(physio_client, "progress-pdf", record_of_one.patient.pk))
    assert "15 Dec 2026 7 3 1 2" in text


@pytest.mark.parametrize("kind", ["intake", "assessment", "session", "progress"])
def test_every_page_names_the_patient_and_its_number(
    kind: str, physio_client: Client, record_of_one: RecordOfOne
) -> None:
    pk = {
        "intake": record_of_one.intake.pk,
        "assessment": record_of_one.assessment.pk,
        "session": record_of_one.treatment.pk,
        "progress": record_of_one.patient.pk,
    }[kind]
    pdf = fetched(physio_client, f"{kind}-pdf", pk)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        count = len(document.pages)
        assert document.Root.MarkInfo.Marked
    text = text_of(pdf)
    patient = record_of_one.patient
    assert text.count(f"Born 17 May 1980 · Record {patient.record_number}") == count
    assert text.count("Jonas Eklund Born") == count
    assert f"Page {count} of {count}" in text


def test_handing_out_a_document_is_an_audit_line_and_the_file_name_has_no_name(
    physio_client: Client, record_of_one: RecordOfOne
) -> None:
    answer = physio_client.get(reverse("reports:session-pdf", args=[record_of_one.treatment.pk]))
    assert "Eklund" not in answer["Content-Disposition"]
    noted = AuditEvent.objects.get(action=Action.PRINT)
    assert noted.patient_number == record_of_one.patient.pk


def test_a_document_that_cannot_be_made_says_so_in_words(
    physio_client: Client, record_of_one: RecordOfOne, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_html: str, _css: str) -> bytes:
        raise CannotRender("The document took over 20 s or too much memory.")

    monkeypatch.setattr(documents.process, "render", refuse)
    answer = physio_client.get(reverse("reports:session-pdf", args=[record_of_one.treatment.pk]))
    assert answer.status_code == 503
    assert b"The record itself is safe" in answer.content
    assert not AuditEvent.objects.filter(action=Action.PRINT).exists()


def test_the_progress_page_draws_charts_from_the_third_session_on(
    physio_client: Client, record_of_one: RecordOfOne
) -> None:
    address = reverse("reports:progress", args=[record_of_one.patient.pk])
    make_session(record_of_one.patient)
    page = physio_client.get(address).content.decode()
    assert (page.count("<svg xmlns"), page.count("Show as table")) == (0, 0)
    assert "Trend from 3 sessions on." in page
    make_session(record_of_one.patient)
    page = physio_client.get(address).content.decode()
    assert (page.count("<svg xmlns"), page.count("Show as table")) == (5, 5)
    assert AuditEvent.objects.filter(action=Action.VIEW, detail="progress").count() == 2


def test_the_progress_page_narrows_to_a_side_and_hands_it_on_to_the_document(
    physio_client: Client, record_of_one: RecordOfOne
) -> None:
    address = reverse("reports:progress", args=[record_of_one.patient.pk])
    page = physio_client.get(address, {"side": "left"}).content.decode()
    assert "No signed session" in page
    assert f"progress/{record_of_one.patient.pk}.pdf?side=left" in page


def test_the_progress_report_of_a_long_course_is_one_page(
    physio_client: Client, record_of_one: RecordOfOne
) -> None:
    for number in range(19):
        make_session(record_of_one.patient, pain_before=number % 10)
    pdf = fetched(physio_client, "progress-pdf", record_of_one.patient.pk)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == 1
    assert "the newest 10 of 20" in text_of(pdf)


def test_without_a_signed_session_the_progress_page_says_what_comes(
    physio_client: Client, record_of_one: RecordOfOne
) -> None:
    page = physio_client.get(reverse("reports:progress", args=[make_patient().pk]))
    assert b"No signed session" in page.content
