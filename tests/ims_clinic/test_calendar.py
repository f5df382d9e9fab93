from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intake.choices import IntakeStatus, ReviewDecision
from people.models import Practitioner
from scheduling.choices import AppointmentStatus as S
from scheduling.models import Appointment
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timezone.localdate() + timedelta(days=7)
ADDRESS = reverse("clinic:day-of", args=[DAY])
MOST_QUERIES, MOST_BYTES = 8, 40_000
LONG = {"given_name": "Wolfgang" * 5, "family_name": "Featherstonehaugh"}


def morning(minutes: int) -> datetime:
    """An instant of that day, counted from 8:00 in the clinic."""
    zone = factories.make_location().zone
    return datetime.combine(DAY, time(8), tzinfo=zone).astimezone(UTC) + timedelta(minutes=minutes)


def working() -> Practitioner:
    one = factories.make_practitioner()
    factories.make_availability(one)
    return one


def fill(one: Practitioner, count: int, first: int = 0) -> None:
    for n in range(first, first + count):
        kind = factories.make_type(needs_intake=True, duration_minutes=15)
        book(one, 15 * n, appointment_type=kind)


def book(one: Practitioner, minutes: int = 0, **fields: Any) -> Appointment:
    return factories.make_appointment(practitioner=one, starts_at=morning(minutes), **fields)


def page(client: Client, address: str = ADDRESS) -> str:
    return client.get(address).content.decode()


@pytest.mark.parametrize("who", ["desk_client", "physio_client", "admin_client_"])
def test_everyone_on_staff_sees_the_day(who: str, request: Any) -> None:
    appointment = book(working(), patient=factories.make_patient(**LONG))
    shown = page(request.getfixturevalue(who))
    assert str(appointment.patient) in shown
    assert reverse("clinic:appointment", args=[appointment.pk]) in shown


def test_a_card_shows_time_service_status_and_intake_and_nothing_clinical(
    desk_client: Client,
) -> None:
    kind = factories.make_type(name="First visit", needs_intake=True)
    appointment = book(working(), 45, appointment_type=kind)
    intake = factories.make_intake(
        appointment.patient, appointment=appointment, status=IntakeStatus.REVIEWED
    )
    review = factories.make_review(intake, decision=ReviewDecision.NOT_SUITABLE)
    review.note = "needle phobia and anticoagulant"
    review.save()
    shown = page(desk_client)
    for words in ("<time>08:45</time>", "First visit", "Booked", "asks you to call"):
        assert words in shown
    assert "phobia" not in shown
    assert ReviewDecision.NOT_SUITABLE.label not in shown


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_page_costs_the_same_and_stays_small_however_many_appointments(
    desk_client: Client, count: int
) -> None:
    people = [working() for _ in range(4)]
    for n in range(count):
        fill(people[n % 4], 1, n // 4)
    with CaptureQueriesContext(connection) as queries:
        answer = desk_client.get(ADDRESS)
    assert len(answer.context["board"].rows.appointments) == count
    assert len(queries) == 5
    assert len(queries) <= MOST_QUERIES
    assert len(answer.content) <= MOST_BYTES


def test_today_without_a_date_costs_one_query_more(
    desk_client: Client, django_assert_num_queries: Any
) -> None:
    factories.make_appointment(practitioner=working())
    with django_assert_num_queries(6):
        desk_client.get(reverse("clinic:day"))


def refresh(client: Client, address: str = ADDRESS, etag: str = "") -> Any:
    headers = {"HX-Request": "true", **({"If-None-Match": etag} if etag else {})}
    return client.get(address, headers=headers)


def test_a_refresh_gets_the_changed_part_only_and_304_when_nothing_changed(
    desk_client: Client, django_assert_num_queries: Any
) -> None:
    one = working()
    book(one)
    first = refresh(desk_client)
    assert first.content.startswith(b'<div id="day"')
    assert b"<html" not in first.content
    with django_assert_num_queries(5):
        again = refresh(desk_client, etag=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    book(one, 60)
    changed = refresh(desk_client, etag=first["ETag"])
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_the_page_carries_the_etag_of_its_part_for_the_next_refresh(desk_client: Client) -> None:
    book(working())
    etag = refresh(desk_client)["ETag"]
    assert f"\\u0022{etag.strip(chr(34))}\\u0022" in page(desk_client)


def test_a_refresh_keeps_to_the_day_also_after_midnight(desk_client: Client) -> None:
    working()
    shown = page(desk_client, reverse("clinic:day") + "?cancelled=1")
    today = timezone.localdate(timezone=factories.make_location().zone)
    assert f'hx-get="{reverse("clinic:day-of", args=[today])}?cancelled=1"' in shown


def test_the_way_leads_to_the_days_before_and_after_and_to_today(desk_client: Client) -> None:
    working()
    shown = page(desk_client)
    for day in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
        assert f'href="{reverse("clinic:day-of", args=[day])}"' in shown
    assert f'href="{reverse("clinic:day")}" data-key="t"' in shown


def test_a_free_stretch_leads_to_the_booking_page_with_practitioner_and_time(
    desk_client: Client,
) -> None:
    one = working()
    book(one)
    address = f"{reverse('clinic:book')}?practitioner={one.pk}&amp;at={DAY}T08:30"
    assert f'<a href="{address}" data-gap="{DAY}T08:30">08:30 free · 8 h 30 min</a>' in page(
        desk_client
    )


def test_the_button_of_a_card_sets_the_usual_next_status(desk_client: Client) -> None:
    appointment = book(working())
    shown = page(desk_client)
    address = reverse("scheduling:status", args=[appointment.pk])
    assert f'formaction="{address}?version=1" name="status" value="confirmed">Confirm' in shown
    assert '<form id="set-status" method="post" hidden>' in shown


def test_cancelled_appointments_are_hidden_until_asked_for(desk_client: Client) -> None:
    appointment = book(working(), status=S.CANCELLED)
    shown = page(desk_client)
    assert "Show 1 cancelled" in shown
    assert str(appointment.patient) not in shown
    assert str(appointment.patient) in page(desk_client, f"{ADDRESS}?cancelled=1")


def chosen(client: Client, query: str = "") -> str:
    column = client.get(ADDRESS + query).context["board"].columns
    shown = page(client, ADDRESS + query)
    [name] = [
        f"{c.practitioner}"
        for c in column
        if f'is-chosen" aria-labelledby="who-{c.practitioner.pk}"' in shown
    ]
    return name


def test_a_phone_shows_one_practitioner_the_own_one_or_the_one_asked_for(
    desk_client: Client, physio_client: Client
) -> None:
    first = working()
    own = Practitioner.objects.get(user=physio_client.user)  # type: ignore[attr-defined]
    factories.make_availability(own)
    names = sorted([f"{first}", f"{own}"])
    assert chosen(desk_client) == names[0]
    assert chosen(physio_client) == f"{own}"
    assert chosen(physio_client, f"?who={first.pk}") == f"{first}"
    assert chosen(desk_client, "?who=nobody") == names[0]


def test_a_closed_day_names_the_next_open_one(desk_client: Client) -> None:
    one = working()
    one.availability_set.exclude(weekday=(DAY + timedelta(days=1)).weekday()).delete()
    shown = page(desk_client)
    assert "Nobody works on" in shown
    assert reverse("clinic:day-of", args=[DAY + timedelta(days=1)]) in shown


def test_a_clinic_without_working_hours_says_so(desk_client: Client) -> None:
    factories.make_location()
    assert "No working hours are set up yet" in page(desk_client)


def test_a_clinic_that_is_not_set_up_says_so(desk_client: Client) -> None:
    assert "The clinic is not set up yet" in page(desk_client)


def test_a_past_day_offers_no_booking_on_it(desk_client: Client) -> None:
    working()
    shown = page(desk_client, reverse("clinic:day-of", args=[date(2025, 3, 4)]))
    assert "data-gap" not in shown
    assert f'href="{reverse("clinic:book")}"' in shown


def test_a_day_that_does_not_exist_is_no_page(desk_client: Client) -> None:
    assert desk_client.get("/calendar/2026-02-30/").status_code == 404
