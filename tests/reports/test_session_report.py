"""What stands in the session note beside the needles: the re-test and the adverse events."""

import pytest
from django.utils import timezone

from reports.documents import session_document
from reports.summaries import session_summary
from sessions.adverse import record_event
from sessions.models import NeedledMuscle, TreatmentSession
from sessions.retesting import save_retest
from tests import factories
from tests.reports.conftest import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def treatment() -> TreatmentSession:
    treatment = factories.make_treatment()
    NeedledMuscle.objects.create(treatment=treatment, muscle="deltoid", side="right", segment="C5")
    return treatment


def test_the_note_holds_the_retest_and_the_adverse_events(treatment: TreatmentSession) -> None:
    for site, after in (("deltoid", 1), ("supraspinatus", 3)):
        save_retest(
            treatment=treatment, sign="muscle_tone", site=site, side="right", before=3, after=after
        )
    record_event(
        treatment=treatment,
        by=treatment.practitioner.user,
        kind="bruise",
        grade="mild",
        happened_at=timezone.now(),
        action_taken="Pressed for two minutes.",
        outcome="resolved",
        is_patient_told=False,
    )
    text = text_of(session_document(session_summary(treatment)))
    assert "Needled: 1 of 1 softer. Not needled, same root C5: 0 of 1 softer." in text
    for words in ("Supraspinatus", "Bruise", "Pressed for two", "Resolved, still open"):
        assert words in text


def test_a_session_in_which_nobody_asked_says_so(treatment: TreatmentSession) -> None:
    summary = session_summary(treatment)
    assert (summary.adverse.words, summary.retest.lines_entered) == ("not asked", [])
