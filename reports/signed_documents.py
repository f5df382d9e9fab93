"""Documents that are made once, at signing, and handed out as the same bytes ever after."""

import hashlib

from django.conf import settings
from django.db import connection, transaction

from audit.choices import Action
from audit.services import record
from intake.models import Consent
from reports import documents, summaries
from reports.models import SignedDocument

# The first key of the advisory lock that lets one process at a time make a document.
DOCUMENT_LOCK = 1_003_301
SOURCES = ("reports/document.html", "reports/consent.html")


class Damaged(Exception):
    """The stored bytes are not those that were signed; ``str()`` is the sentence for the user."""

    def __init__(self, document: SignedDocument) -> None:
        super().__init__(f"Document {document.pk} does not agree with its stored hash.")


@transaction.atomic
def document_of(consent: Consent) -> SignedDocument:
    """The stored document of a consent, made now when the job has not run yet.

    Whoever comes second waits and gets the first one's. Stores, audits. Raises CannotRender.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [DOCUMENT_LOCK, consent.pk])
    held = SignedDocument.objects.filter(consent=consent).first()
    if held is not None:
        return held
    pdf = documents.consent_document(summaries.consent_summary(consent))
    document = SignedDocument.objects.create(
        consent=consent, pdf=pdf, sha256=hash_of(pdf), template_version=template_version()
    )
    record(Action.CREATE, document, patient_id=consent.patient_id, detail=document.sha256)
    return document


def verified(document: SignedDocument) -> bytes:
    """The stored bytes, compared with their hash. Raises Damaged."""
    pdf = bytes(document.pdf)
    if hash_of(pdf) != document.sha256:
        raise Damaged(document)
    return pdf


def hash_of(pdf: bytes) -> str:
    return hashlib.sha256(pdf).hexdigest()


def template_version() -> str:
    """A name for the page and style as they are now."""
    sources = [settings.BASE_DIR / "templates" / name for name in SOURCES]
    style = documents.stylesheet().encode()
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources) + style).hexdigest()[:16]
