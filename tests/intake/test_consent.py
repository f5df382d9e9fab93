"""Consent as a record: signed, of a version, withdrawn, asked for again."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.translation import override
from procrastinate.contrib.django.models import ProcrastinateJob

from audit.choices import Action
from audit.models import AuditEvent
from intake.choices import AskedBy, ConsentState
from intake.consent import (
    LINK_LASTS,
    Marks,
    SecondSigner,
    Unsigned,
    consents_of,
    second_signer,
    send_consent_link,
    sign_again,
    sign_consent,
    state_of,
    withdraw_consent,
)
from intake.consent_text import CONSENT_VERSION, introduction_shown, statements_shown
from intake.models import Consent, Intake, IntakeAnswer
from intake.services import IncompleteIntake, save_answers, sign_and_submit, submit_intake
from notifications.models import Message
from people.choices import LinkPurpose, Role
from people.models import Patient, PatientLink
from tests import factories
from tests.intake.conftest import stored

Submitted = Callable[..., Intake]
AT = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
DRAWN = [[[1.0, 2.0], [3.0, 4.0]]]
KIM = Marks(guardian_name="Kim Sample", guardian_relation="parent", guardian_signature=DRAWN)


def signed(patient: Patient, marks: Marks = Marks(), **fields: object) -> Consent:  # noqa: B008 - frozen
    return sign_consent(patient=patient, signed_name=" Robin Sample ", at=AT, marks=marks)


def test_a_consent_keeps_the_text_as_shown_and_who_signed(patient: Patient) -> None:
    by = factories.make_user(Role.PHYSIOTHERAPIST)
    consent = signed(patient, Marks(signature=DRAWN, chaperone="wanted", recorded_by=by))
    consent.refresh_from_db()
    assert (consent.text_version, consent.language) == (CONSENT_VERSION, "en")
    assert consent.introduction == introduction_shown()
    assert consent.statements == statements_shown()
    assert all(statement["ticked"] for statement in consent.statements)
    assert (consent.signed_name, consent.signature) == ("Robin Sample", DRAWN)
    assert (consent.signed_at, consent.age_at_signing) == (AT, 46)
    assert (consent.chaperone, consent.recorded_by) == ("wanted", by)
    assert 'd="M1 2L3 4"' in consent.drawn
    assert consent.guardian_drawn == ""


def test_the_language_of_the_page_is_kept(patient: Patient) -> None:
    with override("fr-ca"):
        assert signed(patient).language == "fr"


def test_signing_leaves_an_audit_line_and_one_job_for_the_document(patient: Patient) -> None:
    consent = signed(patient)
    lines = AuditEvent.objects.filter(action=Action.SIGN, subject="intake_consent")
    assert [(one.patient_number, one.detail) for one in lines] == [(patient.pk, CONSENT_VERSION)]
    job = ProcrastinateJob.objects.get(task_name="reports.store_consent")
    assert job.args == {"consent_id": consent.pk}


def test_without_a_name_nothing_is_signed(patient: Patient) -> None:
    with pytest.raises(Unsigned) as refusal:
        sign_consent(patient=patient, signed_name=" ", at=AT)
    assert refusal.value.missing == ["signed_name"]
    assert Consent.objects.count() == 0


@pytest.mark.parametrize(
    ("born_on", "needed"),
    [(date(2008, 11, 24), SecondSigner.NOBODY), (date(2008, 11, 25), SecondSigner.NEEDED)],
)
def test_a_guardian_is_needed_until_the_eighteenth_birthday(
    born_on: date, needed: SecondSigner, db: None
) -> None:
    assert second_signer(factories.make_patient(born_on=born_on), AT) == needed


def test_under_age_the_guardian_signs_too(db: None) -> None:
    young = factories.make_patient(born_on=date(2010, 1, 1))
    with pytest.raises(Unsigned) as refusal:
        signed(young)
    assert refusal.value.missing == ["guardian_name", "guardian_relation"]
    consent = signed(young, KIM)
    assert (consent.age_at_signing, consent.guardian_name) == (16, "Kim Sample")
    assert consent.get_guardian_relation_display() == "Parent"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("yes", SecondSigner.OFFERED),
        ("not_sure", SecondSigner.OFFERED),
        ("no", SecondSigner.NOBODY),
    ],
)
def test_a_decision_maker_is_offered_unless_no_help_is_needed(
    answer: str, expected: SecondSigner, intake: Intake, patient: Patient
) -> None:
    IntakeAnswer.objects.create(
        intake=intake, question="capacity", wording="Do you need help?", value=answer
    )
    assert second_signer(patient, AT) == expected


def test_an_intake_of_somebody_under_age_is_not_submitted_without_the_guardian(
    intake: Intake,
) -> None:
    Patient.objects.filter(pk=intake.patient_id).update(born_on=date(2012, 1, 1))
    intake = Intake.objects.get(pk=intake.pk)
    save_answers(intake, stored())
    with pytest.raises(IncompleteIntake) as refusal:
        sign_and_submit(intake, "Robin Sample", marks=Marks())
    assert refusal.value.missing == ["guardian_name", "guardian_relation"]
    sign_and_submit(intake, "Robin Sample", marks=KIM)
    assert Consent.objects.get(intake=intake).guardian_name == "Kim Sample"


def test_after_signing_the_patient_gets_a_link_for_a_year(
    submitted: Submitted, patient: Patient
) -> None:
    submitted()
    message = Message.objects.first()
    assert message is not None
    assert message.subject == "Your form at Harbour IMS Clinic"
    assert "needl" not in (message.subject + message.body).lower()
    assert "/c/" in message.secret_link
    link = PatientLink.objects.get(patient=patient, purpose=LinkPurpose.CONSENT)
    left = link.expires_at - timezone.now()
    assert LINK_LASTS - timedelta(minutes=1) < left <= LINK_LASTS


def test_a_new_link_closes_the_one_before(patient: Patient) -> None:
    factories.make_location()
    old, new = send_consent_link(patient=patient), send_consent_link(patient=patient)
    usable = PatientLink.objects.usable(timezone.now())
    assert old is not None
    assert list(usable) == [new]


def test_without_an_address_no_link_is_made(db: None) -> None:
    factories.make_location()
    assert send_consent_link(patient=factories.make_patient(email="")) is None
    assert PatientLink.objects.count() == Message.objects.count() == 0


def test_a_withdrawal_takes_every_standing_consent_and_says_who_asked(patient: Patient) -> None:
    by = factories.make_user()
    factories.make_consent(patient, text_version="2020.1")
    signed(patient)
    taken = withdraw_consent(
        patient=patient, asked_by=AskedBy.GUARDIAN, reason=" Too much pain ", by=by
    )
    assert len(taken) == 2
    for consent in Consent.objects.all():
        assert consent.withdrawn_at is not None
        assert (consent.withdrawal_asked_by, consent.withdrawn_by) == ("guardian", by)
        assert consent.withdrawal_reason == "Too much pain"
    assert AuditEvent.objects.filter(action=Action.CHANGE, detail="withdrawn").count() == 2
    assert withdraw_consent(patient=patient, asked_by=AskedBy.LINK) == []


def test_the_state_of_all_consents_in_words(patient: Patient) -> None:
    states = [state_of(consents_of(patient))]
    factories.make_consent(patient, text_version="2020.1")
    states.append(state_of(consents_of(patient)))
    signed(patient)
    states.append(state_of(consents_of(patient)))
    withdraw_consent(patient=patient, asked_by=AskedBy.PATIENT)
    states.append(state_of(consents_of(patient)))
    assert states == [
        ConsentState.MISSING,
        ConsentState.OLDER_TEXT,
        ConsentState.ON_FILE,
        ConsentState.WITHDRAWN,
    ]


def test_signing_again_adds_a_consent_only_where_none_is_valid(patient: Patient) -> None:
    old = factories.make_consent(patient, text_version="2020.1")
    new = sign_again(patient=patient, signed_name="Robin Sample", marks=Marks())
    assert new != old
    assert sign_again(patient=patient, signed_name="Robin Sample", marks=Marks()) == new


@pytest.mark.django_db(transaction=True)
def test_two_submits_at_once_make_one_consent_and_one_job() -> None:
    factories.make_location()
    patient = factories.make_patient()
    intake = factories.make_intake(patient)
    save_answers(intake, stored())

    def submit(_number: int) -> None:
        sign_and_submit(Intake.objects.get(pk=intake.pk), "Robin Sample", marks=Marks())
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(submit, range(4)))
    assert Consent.objects.count() == 1
    assert ProcrastinateJob.objects.filter(task_name="reports.store_consent").count() == 1


@pytest.mark.django_db(transaction=True)
def test_signing_again_twice_at_once_makes_one_consent() -> None:
    patient = factories.make_patient()

    def sign(_number: int) -> int:
        number = sign_again(patient=patient, signed_name="Robin Sample", marks=Marks()).pk
        connection.close()
        return number

    with ThreadPoolExecutor(4) as pool:
        numbers = set(pool.map(sign, range(4)))
    assert numbers == {Consent.objects.get().pk}


def test_submitting_again_leaves_the_first_signature(submitted: Submitted) -> None:
    intake = submitted()
    submit_intake(intake, "Somebody Else", marks=Marks(chaperone="wanted"))
    assert Consent.objects.get().chaperone == ""
