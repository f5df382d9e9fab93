"""Forms of adverse events: what happened, and how it was closed."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from clinical.adverse_events import OTHER, adverse_kinds, is_grave_enough
from sessions.adverse_page import grades_in_words
from sessions.choices import AdverseOutcome, NeedledSide
from sessions.counting import in_words
from sessions.models import AdverseEvent, TreatmentSession

CONTROL, SELECT = {"class": "form-control"}, {"class": "form-select"}
TIME = "Enter the time as hours and minutes, for example 9:30."


class AdverseForm(forms.Form):
    """What happened, how grave, when, where, and what was done about it."""

    kind = forms.ChoiceField(
        label="What happened",
        widget=forms.Select(SELECT),
        error_messages={"required": "Choose what happened."},
    )
    words = forms.CharField(
        label="In words", required=False, max_length=200, widget=forms.TextInput(CONTROL)
    )
    grade = forms.ChoiceField(
        label="How grave", widget=forms.RadioSelect, error_messages={"required": "Choose a grade."}
    )
    day = forms.DateField(
        label="Day",
        widget=forms.DateInput({**CONTROL, "type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Enter the day.", "invalid": "Enter the day as a date."},
    )
    at = forms.TimeField(
        label="Time",
        input_formats=["%H:%M", "%H.%M", "%H%M"],
        widget=forms.TimeInput({**CONTROL, "inputmode": "numeric"}, format="%H:%M"),
        error_messages={"required": TIME, "invalid": TIME},
    )
    place = forms.ChoiceField(
        label="Muscle and side, if one is concerned",
        required=False,
        widget=forms.Select(SELECT),
    )
    action_taken = forms.CharField(
        label="What was done",
        max_length=2000,
        widget=forms.Textarea({**CONTROL, "rows": 3}),
        error_messages={"required": "Write what was done."},
    )
    outcome = forms.ChoiceField(
        label="Outcome",
        choices=AdverseOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the outcome."},
    )
    is_patient_told = forms.TypedChoiceField(
        label="Told to the patient",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Answer whether the patient was told."},
    )
    follow_up_on = forms.DateField(
        label="Call the patient on",
        required=False,
        widget=forms.DateInput({**CONTROL, "type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter the day as a date."},
    )

    def __init__(self, data: Any, *, treatment: TreatmentSession, kind: str = "") -> None:
        now = timezone.localtime()
        first = {"kind": kind, "day": now.date(), "at": now.time()}
        super().__init__(data, initial=first)
        self.treatment = treatment
        kinds = [(one.id, one.name) for one in adverse_kinds().values()]
        self._choices("kind", [("", "Choose"), *kinds])
        self._choices("grade", grades_in_words())
        rows = [(f"{row.muscle}:{row.side}", in_words(row)) for row in treatment.muscles.all()]
        self._choices("place", [("", "No muscle in particular"), *rows])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type, set above
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("kind") == OTHER and not given.get("words"):
            self.add_error("words", "Write what happened.")
        if given.get("kind") and given.get("grade"):
            self._check_grade(given["kind"], given["grade"])
        if given.get("day") and given.get("at"):
            self._check_time(timezone.make_aware(datetime.combine(given["day"], given["at"])))
        return given

    def _check_grade(self, kind: str, grade: str) -> None:
        if not is_grave_enough(kind, grade):
            known = adverse_kinds()[kind]
            self.add_error("grade", f"“{known.name}” is {known.least_grade} until it is ruled out.")

    def _check_time(self, happened_at: datetime) -> None:
        begun = self.treatment.started_at.replace(second=0, microsecond=0)
        if happened_at > timezone.now():
            self.add_error("at", "The time lies in the future.")
        elif happened_at < begun:
            self.add_error("at", "The time lies before the session began.")
        self.cleaned_data["happened_at"] = happened_at

    def clean_follow_up_on(self) -> Any:
        day = self.cleaned_data["follow_up_on"]
        if day and day < timezone.localdate():
            raise ValidationError("Choose today or a later day for the call.")
        return day

    def values(self) -> dict[str, Any]:
        """The valid form as the act takes it."""
        values = {k: v for k, v in self.cleaned_data.items() if k not in ("day", "at", "place")}
        muscle, _, side = self.cleaned_data["place"].partition(":")
        return {**values, "muscle": muscle, "side": side if side in NeedledSide.values else ""}


class CloseAdverseForm(forms.Form):
    """Closing asks what was done and how it ended."""

    done = forms.CharField(
        label="What was done",
        max_length=2000,
        widget=forms.Textarea({**CONTROL, "rows": 4}),
        error_messages={"required": "Write what was done before closing it."},
    )
    outcome = forms.ChoiceField(
        label="Outcome now",
        choices=AdverseOutcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the outcome."},
    )

    def __init__(self, data: Any, *, event: AdverseEvent) -> None:
        super().__init__(data, initial={"outcome": event.outcome})
