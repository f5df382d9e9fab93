"""Every rule of followup.csv on the page: the answer goes in, its sentence comes back."""

import pytest
from django.test import Client
from django.utils.html import escape

from clinical.reference import reference
from clinical.soreness_questions import FREE_TEXT, questions
from sessions.follow_up import send_check, treated_of
from sessions.models import Alert, SorenessFollowUp, TreatmentSession
from tests.checks import page_filled_in
from tests.clinical.test_followup_rules import LINES, Line, named
from tests.sessions.conftest import finish
from tests.sessions.test_check_views import BORN, token_of

ON_DAY_ONE = [line for line in LINES if line.hours == 24]
ON_DAY_TWO = [line for line in LINES if line.hours == 48 and line.row != "soreness_start_end"]


@pytest.fixture
def needled(treatment: TreatmentSession) -> TreatmentSession:
    """A session over the lung with pain 6 before it."""
    signed = finish(treatment, "rhomboid_major")
    assert signed.pain_before == 6
    return signed


def opened(client: Client, needled: TreatmentSession, hours: int) -> SorenessFollowUp:
    check = send_check(SorenessFollowUp.objects.get(treatment=needled, hours=hours))
    client.post(f"/f/{token_of(check)}/start/")
    client.post("/check/birth-date/", BORN)
    return check


def page_with(check: SorenessFollowUp, line: Line) -> dict[str, object]:
    """The page with the answer of the line, in the way it is given there."""
    asked = {q.id: q for q in questions(check.hours, treated_of(check))}
    question = asked[line.row]
    if not question.is_listed:
        fires = "8" if line.row == "main_pain_now" else line.fires
        return page_filled_in(asked.values(), **{line.row: fires})
    if line.fires == "yes":
        return page_filled_in(asked.values(), line.row)
    return page_filled_in(asked.values(), "none", places=[line.fires])


@pytest.mark.parametrize("line", [*ON_DAY_ONE, *ON_DAY_TWO], ids=named)
def test_the_patient_reads_the_sentence_of_the_row_and_staff_see_the_alert(
    client: Client, needled: TreatmentSession, line: Line
) -> None:
    SorenessFollowUp.objects.filter(treatment=needled, hours=24).update(soreness=5)
    check = opened(client, needled, line.hours)
    answer = client.post("/check/", page_with(check, line))
    page = client.get(answer.headers["Location"]).content.decode()
    told = reference().followup_by_id[line.row].patient_message.split("[date]")[0]
    assert escape(told) in page
    alert = Alert.objects.get()
    assert (alert.urgency, alert.reasons[0]["question"]) == (line.urgency, line.row)
    assert alert.reasons[0]["answer"] == ("8" if line.row == "main_pain_now" else line.fires)
    assert ("Please act now" in page) == (line.urgency == "emergency")
    assert ("Please see to this today" in page) == (line.urgency == "same_day")


def test_a_note_alone_stays_calm(client: Client, needled: TreatmentSession) -> None:
    check = opened(client, needled, 24)
    asked = questions(24, treated_of(check))
    client.post("/check/", page_filled_in(asked, **{FREE_TEXT: "Thank you"}))
    assert "Please act now" not in client.get("/check/done/").content.decode()
