"""The document of a consent: made once, kept with its hash, handed out as the same bytes."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from audit.choices import Action
from audit.models import AuditEvent
from intake.consent import Marks, sign_consent
from intake.models import Consent
from reports import documents
from reports.models import SignedDocument
from reports.rendering import CannotRender
from reports.signed_documents import Damaged, document_of, template_version, verified
from tests import factories
from tests.reports.conftest import text_of

AT = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
MARKS = Marks(
    signature=[[[1.0, 2.0], [300.0, 150.0]]],
    chaperone="wanted",
    guardian_name="Kim Eklund",
    guardian_relation="decision_maker",
)


def signed(marks: Marks = MARKS) -> Consent:
    factories.make_location()
    patient = factories.make_patient(given_name="Jonas", family_name="Eklund")
    return sign_consent(patient=patient, signed_name="Jonas Eklund", at=AT, marks=marks)


def fetched(client: Client, consent: Consent) -> bytes:
    answer = client.get(reverse("reports:consent-pdf", args=[consent.pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    content: bytes = answer.content
    return content


@pytest.mark.django_db
def test_the_document_has_all_that_was_shown_ticked_and_signed() -> None:
    consent = signed()
    text = text_of(verified(document_of(consent)))
    assert "Consent to needling" in text
    assert "2026.2" in text
    for words in (*consent.introduction, *(one["text"] for one in consent.statements)):
        assert "".join(words.split()) in "".join(text.split())
    for words in ("Yes, I would like a chaperone", "Jonas Eklund", "Kim Eklund", "46"):
        assert words in text


@pytest.mark.django_db
def test_after_a_change_of_the_template_the_same_bytes_are_handed_out(
    physio_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    consent = signed()
    first = fetched(physio_client, consent)
    monkeypatch.setattr(documents, "stylesheet", lambda: "html { font-size: 40pt }")
    assert template_version() != SignedDocument.objects.get().template_version
    assert fetched(physio_client, consent) == first
    assert SignedDocument.objects.get().sha256 == hashlib.sha256(first).hexdigest()


@pytest.mark.django_db
def test_reading_before_the_job_ran_makes_it_once(physio_client: Client) -> None:
    consent = signed()
    first = fetched(physio_client, consent)
    assert bytes(document_of(consent).pdf) == first
    assert SignedDocument.objects.count() == 1
    made = AuditEvent.objects.filter(action=Action.CREATE, subject="reports_signeddocument")
    assert [one.patient_number for one in made] == [consent.patient_id]


@pytest.mark.django_db
def test_it_is_made_in_the_language_that_was_signed() -> None:
    with override("fr"):
        consent = signed()
    text = text_of(verified(document_of(consent)))
    assert "novembre 2026" in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_signeddocument SET template_version = 'x'",
        "DELETE FROM reports_signeddocument",
    ],
)
def test_a_kept_document_is_never_changed(statement: str) -> None:
    document_of(signed())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_bytes_that_do_not_agree_with_their_hash_are_neither_stored_nor_handed_out() -> None:
    consent = signed()
    with pytest.raises(IntegrityError), transaction.atomic():
        SignedDocument.objects.create(
            consent=consent, pdf=b"%PDF", sha256="0" * 64, template_version="x"
        )
    with pytest.raises(Damaged, match="does not agree"):
        verified(SignedDocument(pk=1, consent=consent, pdf=b"%PDF", sha256="0" * 64))


@pytest.mark.django_db
def test_a_document_that_cannot_be_made_now_is_made_by_the_job_later(
    physio_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    consent = signed()

    def refuse(_html: str, _css: str) -> bytes:
        raise CannotRender("The document took over 20 s or too much memory.")

    with monkeypatch.context() as patch:
        patch.setattr(documents.process, "render", refuse)
        answer = physio_client.get(reverse("reports:consent-pdf", args=[consent.pk]))
        assert answer.status_code == 503
    assert SignedDocument.objects.count() == 0
    assert fetched(physio_client, consent)[:4] == b"%PDF"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_document() -> None:
    consent = signed()

    def make(_number: int) -> str:
        sha256 = document_of(Consent.objects.select_related("patient").get(pk=consent.pk)).sha256
        connection.close()
        return sha256

    with ThreadPoolExecutor(3) as pool:
        hashes = set(pool.map(make, range(3)))
    assert hashes == {SignedDocument.objects.get().sha256}


@pytest.mark.django_db
def test_a_consent_that_does_not_exist_has_no_document(physio_client: Client) -> None:
    assert physio_client.get(reverse("reports:consent-pdf", args=[999_999])).status_code == 404
