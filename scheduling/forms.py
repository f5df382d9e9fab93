import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils import timezone

from people.models import Practitioner
from scheduling.free_times import planned_room
from scheduling.models import Appointment, AppointmentType, Room
from scheduling.services import ChangedMeanwhile, refuse_past
from scheduling.wall_clock import to_instant

MINUTES = 5
MOST_YEARS = 5
TYPED_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.h ]?(?P<minute>\d{2}))?")


def with_taken_time(data: Any) -> Any:
    """Put the free time of a pressed button (``take`` = 2026-11-26T10:15/3) over what was typed."""
    start, _slash, room = (data or {}).get("take", "").partition("/")
    if not room:
        return data
    day, _t, at = start.partition("T")
    return {**data.dict(), "day": day, "at": at, "room": room}


class WallTimeField(forms.TimeField):
    """24 hours in a text box, as the calendar shows them: 9:30, 930 or 15.15.

    A browser's own time box would follow the language of the computer.
    """

    widget = forms.TimeInput(attrs={"inputmode": "numeric", "autocomplete": "off"}, format="%H:%M")
    default_error_messages = {
        "required": "Enter the time.",
        "invalid": "Enter the time as hours and minutes, for example 9:30 or 15:15.",
        "step": f"Choose a time in steps of {MINUTES} minutes.",
    }

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str) and (found := TYPED_TIME.fullmatch(value.strip())):
            value = f"{found['hour']}:{found['minute'] or '00'}"
        at = super().to_python(value)
        if at is not None and (at.minute % MINUTES or at.second):
            raise forms.ValidationError(self.error_messages["step"], code="step")
        return at


class OnceIterator(ModelChoiceIterator):  # type: ignore[type-arg]
    """Iterates over the rows the field has read; Django's own asks again each time."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self.field.empty_label is not None:
            yield "", str(self.field.empty_label)
        yield from map(self.choice, self.queryset)


class FewChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among few rows: one query serves the check of what was sent and the list shown."""

    iterator = OnceIterator

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        for row in self.queryset or ():
            if f"{row.pk}" == f"{getattr(value, 'pk', value)}":
                return row
        raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")


class TypeChoiceField(FewChoiceField):
    def label_from_instance(self, obj: AppointmentType) -> str:
        return f"{obj} · {obj.duration_minutes} min"


class WhenForm(forms.Form):
    """Practitioner, day, time and room. Without a room the one of the working hours is taken."""

    practitioner = FewChoiceField(
        Practitioner.objects.filter(is_bookable=True).select_related("user"),
        empty_label=None,
        label="Physiotherapist",
        error_messages={"required": "Choose a physiotherapist."},
    )
    day = forms.DateField(
        label="Day",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Enter the day.", "invalid": "Enter the day as 2026-11-26."},
    )
    at = WallTimeField(label="Time", help_text="For example 9:30 or 15:15")
    room = FewChoiceField(
        Room.objects.select_related("location"),
        required=False,
        empty_label="Room of the working hours",
        label="Room",
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(with_taken_time(data), label_suffix="", **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = self.layout()

    def layout(self) -> Layout:
        return Layout(Row(Column("practitioner"), Column("room")), Row(Column("day"), Column("at")))

    def clean_day(self) -> date:
        """A day so far ahead is a slip, and its end may be no day at all."""
        day: date = self.cleaned_data["day"]
        if day.year > timezone.now().year + MOST_YEARS:
            raise forms.ValidationError(f"Choose a day within the next {MOST_YEARS} years.")
        return day

    def length(self) -> timedelta:
        """How long the appointment will last; asked only when every field is valid."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Settle the room, and refuse a past day and a time the clock skips."""
        values = self.cleaned_data
        if self.errors:
            return values
        values["room"] = values["room"] or self._planned_room()
        if values["room"] is not None:
            refuse_past(self.starts_at(), timezone.now())
        return values

    def starts_at(self) -> datetime:
        """The wanted time in the clinic's zone, once the form is valid."""
        values = self.cleaned_data
        location = values["room"].location
        return to_instant(values["day"], values["at"], location.time_zone).astimezone(location.zone)

    def _planned_room(self) -> Room | None:
        values = self.cleaned_data
        day: date = values["day"]
        room = planned_room(values["practitioner"], day, values["at"], self.length())
        if room is None:
            self.add_error(
                "room",
                f"{values['practitioner']} does not work then. "
                "Choose a room to book outside the working hours.",
            )
        return room


class BookingForm(WhenForm):
    """Type first: it says how long."""

    appointment_type = TypeChoiceField(
        AppointmentType.objects.filter(is_active=True),
        empty_label=None,
        label="Type",
        error_messages={"required": "Choose the type."},
    )

    def layout(self) -> Layout:
        return Layout("appointment_type", *super().layout().fields)

    def length(self) -> timedelta:
        return timedelta(minutes=self.cleaned_data["appointment_type"].duration_minutes)


class MoveForm(WhenForm):
    """Another time, practitioner or room for an appointment; it keeps its length.

    The page writes the version it shows, so that a second try after a refusal is a fresh one.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, appointment: Appointment, **kwargs: Any) -> None:
        self.appointment = appointment
        super().__init__(data, **kwargs)

    def length(self) -> timedelta:
        return self.appointment.ends_at - self.appointment.starts_at

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("version") != self.appointment.version:
            raise forms.ValidationError(str(ChangedMeanwhile()))
        return values


def where_it_is(appointment: Appointment) -> dict[str, Any]:
    """The values of the form that bring an appointment back to where it is now."""
    return {
        "practitioner": appointment.practitioner_id,
        "room": appointment.room_id,
        "day": appointment.wall_date,
        "at": appointment.wall_time,
        "version": appointment.version,
    }


def move_form(appointment: Appointment) -> MoveForm:
    """An unsent form. A room of the working hours is left open, so that it follows the person."""
    values = where_it_is(appointment)
    length = appointment.ends_at - appointment.starts_at
    planned = planned_room(
        appointment.practitioner, appointment.wall_date, appointment.wall_time, length
    )
    if planned == appointment.room:
        values["room"] = None
    return MoveForm(appointment=appointment, initial=values)
