"""The pages of adverse events, as a physiotherapist uses them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ims_clinic.inbox import count_for, inbox_of
from sessions.adverse import close_event
from sessions.models import AdverseEvent, Alert, TreatmentSession
from sessions.needling import save_details
from tests import factories
from tests.conftest import client_of
from tests.sessions.conftest import needle
from tests.sessions.test_adverse import happen


def posted(**fields: str) -> dict[str, str]:
    now = timezone.localtime()
    values = {
        "kind": "bruise",
        "grade": "mild",
        "day": f"{now:%Y-%m-%d}",
        "at": f"{now:%H:%M}",
        "action_taken": "Pressed for two minutes.",
        "outcome": "resolved",
        "is_patient_told": "yes",
    }
    return values | fields


def new(treatment: TreatmentSession) -> str:
    return reverse("sessions:adverse-create", args=[treatment.pk])


@pytest.fixture(autouse=True)
def in_clinic_time(settings: Any) -> Any:
    """What is posted is the time of the clinic."""
    with timezone.override(settings.CLINIC_TIME_ZONE):
        yield


def test_none_is_one_tap_and_another_takes_it_back(
    treatment: TreatmentSession, physio: Client
) -> None:
    address = reverse("sessions:adverse-none", args=[treatment.pk])
    headers = {"HX-Request": "true"}
    for word, answer in (("none", "none"), ("open", "")):
        page = physio.post(address, {"adverse": word}, headers=headers).content.decode()
        treatment.refresh_from_db()
        assert treatment.adverse_answer == answer
        assert ("answer needed" in page) == (answer == "")
    assert physio.post(address, {"adverse": "none"}).url.endswith("#adverse")


def test_none_over_an_event_is_refused_in_words(
    treatment: TreatmentSession, physio: Client
) -> None:
    happen(treatment)
    answer = physio.post(
        reverse("sessions:adverse-none", args=[treatment.pk]),
        {"adverse": "none"},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 422
    assert "Remove it first" in answer.content.decode()


def test_an_event_is_recorded_with_its_muscle_and_waits_in_the_inbox(
    treatment: TreatmentSession, physio: Client
) -> None:
    needle(treatment, "deltoid")
    answer = physio.post(new(treatment), posted(place="deltoid:right"))
    assert answer.url.endswith(f"/sessions/{treatment.pk}/#adverse")
    event = AdverseEvent.objects.get()
    assert (event.muscle, event.side, event.recorded_by) == (
        "deltoid",
        "right",
        treatment.practitioner.user,
    )
    inbox = inbox_of(treatment.practitioner.user)
    assert list(inbox.adverse) == [event]
    assert count_for(treatment.practitioner.user) == inbox.count
    page = physio.get(reverse("clinic:inbox")).content.decode()
    assert "Adverse events" in page
    assert reverse("sessions:adverse", args=[event.pk]) in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": ""}, "Choose what happened."),
        ({"kind": "other"}, "Write what happened."),
        ({"kind": "pneumothorax"}, "is serious until it is ruled out."),
        ({"grade": ""}, "Choose a grade."),
        ({"action_taken": " "}, "Write what was done."),
        ({"is_patient_told": ""}, "Answer whether the patient was told."),
        ({"day": "2020-01-01"}, "The time lies before the session began."),
        ({"day": "2999-01-01"}, "The time lies in the future."),
        ({"at": "25:00"}, "Enter the time as hours and minutes"),
        ({"follow_up_on": "2020-01-01"}, "Choose today or a later day"),
        ({"place": "soleus:left"}, "Select a valid choice"),
    ],
)
def test_wrong_input_is_said_and_nothing_recorded(
    treatment: TreatmentSession, physio: Client, fields: dict[str, str], sentence: str
) -> None:
    page = physio.post(new(treatment), posted(**fields)).content.decode()
    assert sentence in page
    assert "There is a problem" in page
    assert AdverseEvent.objects.count() == 0


def test_a_serious_one_shows_what_to_do_before_anything_else(
    treatment: TreatmentSession, physio: Client
) -> None:
    before = physio.get(new(treatment), {"kind": "pneumothorax"}).content.decode()
    assert before.index("what to do now") < before.index("How grave")
    answer = physio.post(new(treatment), posted(kind="bleeding", grade="serious"))
    event = AdverseEvent.objects.get()
    assert answer.url == reverse("sessions:adverse", args=[event.pk])
    page = physio.get(answer.url).content.decode()
    assert page.index("Go to an emergency department now") < page.index("What happened")


def test_an_event_is_closed_from_its_page_with_what_was_done(
    treatment: TreatmentSession, physio: Client
) -> None:
    event = happen(treatment)
    address = reverse("sessions:adverse", args=[event.pk])
    empty = physio.post(address, {"outcome": "resolved"}).content.decode()
    assert "Write what was done before closing it." in empty
    answer = physio.post(address, {"done": "Called, well.", "outcome": "resolved"})
    assert answer.url == reverse("clinic:inbox")
    assert event.closing.done == "Called, well."
    assert "Called, well." in physio.get(address).content.decode()
    assert count_for(treatment.practitioner.user) == 1  # the open session itself


def test_a_mistaken_event_is_removed_from_its_page(
    treatment: TreatmentSession, physio: Client
) -> None:
    event = happen(treatment)
    physio.post(reverse("sessions:adverse-remove", args=[event.pk]))
    assert AdverseEvent.objects.count() == 0


def test_a_signed_event_cannot_be_removed(signed: TreatmentSession, physio: Client) -> None:
    event = happen(signed)
    page = physio.post(reverse("sessions:adverse-remove", args=[event.pk]), follow=True)
    assert "This session is signed" in page.content.decode()
    assert AdverseEvent.objects.count() == 1


def test_a_late_event_from_an_alert_keeps_where_it_came_from(
    signed: TreatmentSession, physio: Client
) -> None:
    alert = Alert.objects.create(
        patient=signed.patient,
        practitioner=signed.practitioner,
        follow_up=signed.follow_ups.first(),
        urgency="same_day",
        reasons=[],
    )
    link = f"{new(signed)}?alert={alert.pk}"
    assert link in physio.get(reverse("sessions:alert", args=[alert.pk])).content.decode()
    physio.post(link, posted())
    event = AdverseEvent.objects.get()
    assert (event.alert, event.is_late) == (alert, True)
    page = physio.get(reverse("sessions:detail", args=[signed.pk])).content.decode()
    assert "added after signing" in page
    assert "In the session the answer was: none." in page


def test_an_alert_of_another_session_does_not_exist_here(
    signed: TreatmentSession, physio: Client
) -> None:
    for number in ("99999", "x", "9" * 30):
        assert physio.get(new(signed), {"alert": number}).status_code == 404


def test_the_front_desk_finds_no_such_page(treatment: TreatmentSession) -> None:
    event = happen(treatment)
    desk = client_of(factories.make_user())
    for address in (new(treatment), reverse("sessions:adverse", args=[event.pk])):
        assert desk.get(address).status_code == 404


def test_events_cost_no_query_each(
    treatment: TreatmentSession, physio: Client, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for number in (1, 2):
        for _ in range(number):
            event = happen(treatment, happened_at=timezone.now() - timedelta(seconds=number))
        close_event(event=event, by=treatment.practitioner.user, done="x", outcome="resolved")
        for address in ("sessions:detail", "sessions:sign"):
            with django_assert_max_num_queries(60) as held:
                physio.get(reverse(address, args=[treatment.pk]))
            counts.append(len(held))
        with django_assert_max_num_queries(60) as held:
            physio.get(reverse("clinic:inbox"))
        counts.append(len(held))
    assert counts[:3] == counts[3:]


def test_that_nothing_untoward_happened_may_be_said_while_signing(
    physio: Client, treatment: TreatmentSession
) -> None:
    needle(treatment)
    save_details(treatment=treatment, pain_before=6, pain_after=3, needles_out=1)
    address = f"/sessions/{treatment.pk}/sign/"
    assert "No adverse event: sign session" in physio.get(address).content.decode()
    physio.post(address, {"no_adverse_event": "1"})
    treatment.refresh_from_db()
    assert (treatment.is_signed, treatment.adverse_answer) == (True, "none")
