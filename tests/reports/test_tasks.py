import pytest

from reports.models import SignedDocument
from reports.tasks import store_consent
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_job_makes_the_document_and_a_second_run_does_nothing() -> None:
    consent = factories.make_consent(factories.make_patient())
    store_consent(consent.pk)
    store_consent(consent.pk)
    assert SignedDocument.objects.get().consent == consent
