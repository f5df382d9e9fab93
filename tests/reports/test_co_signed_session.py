from people.models import Practitioner
from reports.documents import session_document
from reports.summaries import session_summary
from sessions.co_signing import co_sign
from sessions.models import CoSignature
from tests import factories
from tests.reports.conftest import RecordOfOne, text_of


def test_the_document_says_who_is_to_co_sign_and_who_did(record_of_one: RecordOfOne) -> None:
    treatment = record_of_one.treatment
    assert "co-signed" not in text_of(session_document(session_summary(treatment))).lower()
    supervisor: Practitioner = factories.make_practitioner()
    CoSignature.objects.create(treatment=treatment, asked_of=supervisor.user)
    treatment.refresh_from_db()
    said = text_of(session_document(session_summary(treatment)))
    assert f"Not yet co-signed. Asked of {supervisor.user.full_name}" in said
    co_sign(treatment=treatment, by=supervisor.user)
    treatment = type(treatment).objects.get(pk=treatment.pk)
    said = text_of(session_document(session_summary(treatment)))
    assert f"Co-signed by {supervisor.user.full_name} on" in said
    assert "Not yet" not in said
