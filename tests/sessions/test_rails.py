"""Cautions of a session: each wants a reason, is kept with it, and is never cleared silently."""

from dataclasses import asdict

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinical.screening import patient_questions, screen
from intake.models import Intake
from people.models import Patient
from reports.summaries import session_summary
from sessions.adverse import answer_none
from sessions.models import NeedledMuscle, TreatmentSession
from sessions.needling import change_muscle, move_to_side, remove_muscle, save_details
from sessions.rails import answer_rail, rails_of
from sessions.services import CannotSign, sign_session
from tests import factories
from tests.sessions.conftest import finish, needle


def screened(patient: Patient, details: dict[str, str] | None = None, **answers: str) -> None:
    """The cleared patient's intake had these answers."""
    harmless = {question.id: "no" for question in patient_questions()}
    outcome = screen({**harmless, **answers}, age=40, details=details or {})
    factories.make_screening(
        patient,
        intake=Intake.objects.get(patient=patient),
        reasons=[asdict(reason) for reason in outcome.reasons],
    )


def reasons_of(treatment: TreatmentSession) -> list[tuple[str, str]]:
    rows = list(treatment.muscles.all())
    return [(rail.rule, rail.reason) for rail in rails_of(treatment, rows)]


def answer(treatment: TreatmentSession, row: NeedledMuscle, rule: str, reason: str) -> None:
    answer_rail(treatment=treatment, rule=rule, muscle=row.muscle, side=row.side, reason=reason)


@pytest.fixture
def long_needle(treatment: TreatmentSession) -> NeedledMuscle:
    return needle(treatment, needle_length_mm=75)


def test_a_session_with_an_unanswered_caution_is_not_signed(
    treatment: TreatmentSession, long_needle: NeedledMuscle
) -> None:
    save_details(treatment=treatment, pain_before=6, pain_after=3, needles_out=1)
    answer_none(treatment=treatment)
    with pytest.raises(CannotSign) as refusal:
        sign_session(treatment=treatment, by=treatment.practitioner.user)
    (sentence,) = refusal.value.sentences
    assert sentence.startswith("Write one word of reason for Deltoid, right: A needle of 75 mm")
    answer(treatment, long_needle, "needle_length", "obese")
    assert sign_session(treatment=treatment, by=treatment.practitioner.user).is_signed


def test_a_reason_answers_these_words_and_no_others(
    treatment: TreatmentSession, long_needle: NeedledMuscle
) -> None:
    answer(treatment, long_needle, "needle_length", "obese")
    assert reasons_of(treatment) == [("needle_length", "obese")]
    change_muscle(row=long_needle, needle_length_mm=60)
    assert reasons_of(treatment) == [("needle_length", "")]
    change_muscle(row=long_needle, needle_length_mm=50)
    assert reasons_of(treatment) == []


def test_a_reason_is_changed_but_never_emptied(
    treatment: TreatmentSession, long_needle: NeedledMuscle
) -> None:
    answer(treatment, long_needle, "needle_length", "obese")
    with pytest.raises(ValidationError, match="never cleared"):
        answer(treatment, long_needle, "needle_length", "  ")
    answer(treatment, long_needle, "needle_length", "deep band")
    assert reasons_of(treatment) == [("needle_length", "deep band")]
    remove_muscle(row=long_needle)
    with pytest.raises(ValidationError, match="does not stand"):
        answer(treatment, long_needle, "needle_length", "again")


def test_a_signed_session_keeps_its_cautions_also_in_the_document(
    treatment: TreatmentSession, long_needle: NeedledMuscle, physio: Client
) -> None:
    answer(treatment, long_needle, "needle_length", "obese")
    signed = finish(treatment, "soleus")
    change = {"muscle": "soleus", "side": "right"}
    assert [rail.reason for rail in session_summary(signed).rails] == ["obese"]
    assert "Reason: obese" in physio.get(f"/sessions/{signed.pk}/").content.decode()
    with pytest.raises(DatabaseError, match="signed record"), transaction.atomic():
        signed.caution_reasons.create(rule="x", text="x", reason="x", **change)
    for statement in ("UPDATE {} SET reason = 'x'", "DELETE FROM {}"):
        table = "treatment_sessions_cautionreason"
        with (
            pytest.raises(DatabaseError, match="signed record"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format(table))


def test_the_note_keeps_only_reasons_of_cautions_that_stood_at_the_signature(
    treatment: TreatmentSession, long_needle: NeedledMuscle
) -> None:
    answer(treatment, long_needle, "needle_length", "obese")
    change_muscle(row=long_needle, needle_length_mm=50)
    assert session_summary(finish(treatment, "soleus")).rails == ()


def test_an_excluded_limb_is_refused_on_its_side_only(
    patient: Patient, treatment: TreatmentSession, physio: Client
) -> None:
    screened(patient, {"lymphoedema": "left arm"}, lymphoedema="yes")
    with pytest.raises(ValidationError, match="left arm"):
        needle(treatment, "deltoid", side="left")
    row = needle(treatment, "deltoid", side="right")
    with pytest.raises(ValidationError, match="left arm"):
        move_to_side(row=row, side="left")
    refusal = physio.post(f"/needled/{row.pk}/", {"side": "left"}, follow=True).content.decode()
    assert "never needled" in refusal
    found = physio.get(f"/sessions/{treatment.pk}/muscles/find/?q=soleus").content.decode()
    assert "blocked" not in found
    found = physio.get(f"/sessions/{treatment.pk}/muscles/find/?q=biceps br").content.decode()
    assert found.count(": blocked") == 1


def test_the_page_takes_the_reason_where_the_row_stands(
    patient: Patient, treatment: TreatmentSession, physio: Client
) -> None:
    screened(patient, anticoagulant="yes")
    row = needle(treatment, "piriformis")
    address = f"/sessions/{treatment.pk}/"
    page = physio.get(address).content.decode()
    assert "Anticoagulant: a deep muscle that cannot be compressed." in page
    assert (
        f"#rail-anticoagulant-{row.muscle}-right" in physio.get(f"{address}sign/").content.decode()
    )
    sent = {"rule": "anticoagulant", "muscle": "piriformis", "side": "right"}
    told = physio.post(f"{address}cautions/", sent | {"reason": ""}, follow=True)
    assert "Write one word of reason" in told.content.decode()
    part = physio.post(
        f"{address}cautions/", sent | {"reason": "compressed"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert 'value="compressed"' in part
    assert reasons_of(treatment) == [("anticoagulant", "compressed")]


def test_the_page_takes_as_many_queries_for_three_rows_as_for_one(
    patient: Patient, treatment: TreatmentSession, physio: Client
) -> None:
    screened(patient, anticoagulant="yes")
    counts = []
    for muscles in (("piriformis",), ("psoas_major", "tibialis_posterior")):
        for muscle in muscles:
            needle(treatment, muscle)
        with CaptureQueriesContext(connection) as held:
            physio.get(f"/sessions/{treatment.pk}/")
        counts.append(len(held))
    assert counts[0] == counts[1]
