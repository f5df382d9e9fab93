from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from audit.actor import acting_as
from intake.models import Consent
from reports.signed_documents import document_of


@app.task(name="reports.store_consent", retry=RetryStrategy(max_attempts=6, exponential_wait=5))
def store_consent(consent_id: int) -> None:
    """Make and keep the document of a consent; once it is kept, another run does nothing."""
    with acting_as("job:consent-document"):
        document_of(Consent.objects.select_related("patient", "recorded_by").get(pk=consent_id))
