from datetime import time, timedelta
from typing import Any

import pytest
from django import forms
from django.utils import timezone

from people.models import Practitioner
from scheduling.forms import BookingForm, MoveForm, WallTimeField, move_form, where_it_is
from tests import factories

DAY = timezone.localdate() + timedelta(days=7)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("9:30", time(9, 30)),
        ("09:30", time(9, 30)),
        ("930", time(9, 30)),
        ("1515", time(15, 15)),
        ("15.15", time(15, 15)),
        ("15h05", time(15, 5)),
        (" 9 ", time(9)),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, at: time) -> None:
    assert WallTimeField().clean(typed) == at


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter the time."),
        ("25:00", "Enter the time as hours and minutes, for example 9:30 or 15:15."),
        ("soon", "Enter the time as hours and minutes, for example 9:30 or 15:15."),
        ("9:31", "Choose a time in steps of 5 minutes."),
    ],
)
def test_a_time_that_is_none_says_how_to_write_it(typed: str, sentence: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        WallTimeField().clean(typed)
    assert refused.value.messages == [sentence]


@pytest.fixture
def one(db: None) -> Practitioner:
    practitioner = factories.make_practitioner()
    factories.make_availability(practitioner, factories.make_room(name="Blue room"))
    return practitioner


def booking(one: Practitioner, **changed: Any) -> BookingForm:
    kind = changed.pop("kind", None) or factories.make_type()
    values = {"appointment_type": kind.pk, "practitioner": one.pk, "day": DAY, "at": "9:00"}
    return BookingForm({**values, "room": "", **changed})


def errors(form: forms.Form) -> dict[str, list[str]]:
    return {name: [str(e) for e in found] for name, found in form.errors.items()}


def test_the_room_of_the_working_hours_is_taken_when_none_is_chosen(one: Practitioner) -> None:
    form = booking(one)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["room"].name == "Blue room"


def test_a_chosen_room_is_kept_also_outside_of_the_working_hours(one: Practitioner) -> None:
    other = factories.make_room()
    form = booking(one, at="20:00", room=other.pk)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["room"] == other


@pytest.mark.parametrize("at", ["7:00", "16:45"])
def test_outside_of_the_working_hours_a_room_must_be_chosen(one: Practitioner, at: str) -> None:
    assert errors(booking(one, at=at)) == {
        "room": [f"{one} does not work then. Choose a room to book outside the working hours."]
    }


def test_a_past_day_is_refused_at_its_field(one: Practitioner) -> None:
    past = timezone.localdate() - timedelta(days=3)
    assert errors(booking(one, day=past)) == {
        "day": ["That day has passed. Choose today or a later day."]
    }


def test_every_empty_field_is_named(one: Practitioner) -> None:
    assert errors(BookingForm({})) == {
        "appointment_type": ["Choose the type."],
        "practitioner": ["Choose a physiotherapist."],
        "day": ["Enter the day."],
        "at": ["Enter the time."],
    }


def test_a_pressed_free_time_wins_over_what_is_typed(one: Practitioner, rf: Any) -> None:
    room = factories.make_room()
    kind = factories.make_type()
    sent = {"appointment_type": kind.pk, "practitioner": one.pk, "day": "x", "at": "x"}
    data = rf.post("/", {**sent, "take": f"{DAY}T10:15/{room.pk}"}).POST
    form = BookingForm(data)
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["at"], form.cleaned_data["room"]) == (time(10, 15), room)


def test_the_types_say_how_long_they_last_and_an_old_one_is_not_offered(one: Practitioner) -> None:
    kind = factories.make_type(name="Follow-up", duration_minutes=45)
    factories.make_type(name="Old", is_active=False)
    page = str(BookingForm()["appointment_type"])
    assert f'<option value="{kind.pk}">Follow-up · 45 min</option>' in page
    assert "Old" not in page


def test_moving_starts_where_the_appointment_is_with_the_room_left_to_the_hours(
    one: Practitioner,
) -> None:
    room = factories.make_room()
    elsewhere = factories.make_appointment(practitioner=one, room=room)
    assert move_form(elsewhere).initial["room"] == room.pk
    planned = one.availability_set.first().room
    at_nine = {"wall_time": time(9), "wall_date": DAY}
    usual = factories.make_appointment(
        practitioner=one, room=planned, **at_nine, starts_at=_later()
    )
    assert move_form(usual).initial == {**where_it_is(usual), "room": None}


def _later() -> Any:
    return timezone.now() + timedelta(days=30)


def test_moving_an_appointment_that_somebody_changed_is_refused(one: Practitioner) -> None:
    appointment = factories.make_appointment(practitioner=one)
    values = {"practitioner": one.pk, "day": DAY, "at": "9:00", "room": ""}
    assert MoveForm({**values, "version": 1}, appointment=appointment).is_valid()
    stale = MoveForm({**values, "version": 7}, appointment=appointment)
    assert errors(stale) == {
        "__all__": ["Somebody changed this appointment in the meantime. Look at it and try again."]
    }
