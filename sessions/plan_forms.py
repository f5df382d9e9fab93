"""Forms of the home programme, the plan of care and the clinic's exercises."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from clinical.care_course import MOST_BETWEEN
from clinical.reference import reference
from sessions.care import NUMBERS
from sessions.choices import Figure
from sessions.forms import PostedOnlyForm
from sessions.models import Exercise, PlannedSession, PrescribedExercise
from sessions.models.care_plan import LONGEST_INTERVAL, MOST_SESSIONS
from sessions.models.exercise import LONGEST_HOLD, MOST_REPETITIONS, MOST_SETS, MOST_TIMES
from sessions.programme import DOSE


def _say(sentence: str) -> dict[str, str]:
    """The same sentence for every way in which a number can be wrong."""
    kinds = ("required", "invalid", "min_value", "max_value")
    return dict.fromkeys(kinds, sentence)


DOSE_ERRORS = {
    "sets": _say(f"Enter the sets, 1 to {MOST_SETS}."),
    "repetitions": _say(f"Enter the repetitions, 1 to {MOST_REPETITIONS}."),
    "hold_seconds": _say(f"Enter the seconds to hold, 0 to {LONGEST_HOLD}."),
    "times_a_day": _say(f"Enter the times a day, 1 to {MOST_TIMES}."),
}


class DoseForm(PostedOnlyForm):
    """The dose of one exercise of a programme."""

    class Meta:
        model = PrescribedExercise
        fields = DOSE
        error_messages = DOSE_ERRORS


class CourseForm(PostedOnlyForm):
    """The numbers of the plan, as they are in this session."""

    class Meta:
        model = PlannedSession
        fields = NUMBERS
        error_messages: ClassVar = {
            "sessions_proposed": _say(f"Enter the sessions proposed, 1 to {MOST_SESSIONS}."),
            "interval_days": _say(f"Enter the days between sessions, 1 to {LONGEST_INTERVAL}."),
            "reassess_every": _say(f"Reassess after 1 to {MOST_BETWEEN} sessions."),
        }


class ProblemForm(forms.Form):
    """What a new plan is for."""

    problem = forms.CharField(
        max_length=160, error_messages={"required": "Name the problem, for example its site."}
    )


class NextForm(forms.Form):
    """The start that was chosen, as 2026-12-01T10:15."""

    start = forms.CharField(max_length=20, error_messages={"required": "Choose a time."})

    def clean_start(self) -> datetime:
        try:
            return datetime.strptime(  # noqa: DTZ007 - a wall-clock time of the clinic
                self.cleaned_data["start"], "%Y-%m-%dT%H:%M"
            )
        except ValueError:
            raise ValidationError("Choose a time of the list.") from None


def muscle_choices() -> list[tuple[str, str]]:
    """All muscles of the reference table by name."""
    return sorted(((one.id, one.name) for one in reference().muscles.values()), key=lambda m: m[1])


class ExerciseForm(forms.ModelForm):  # type: ignore[type-arg]
    """An exercise of the library."""

    figure = forms.ChoiceField(
        required=False, label="Drawing", choices=[("", "No drawing"), *Figure.choices]
    )
    muscles = forms.MultipleChoiceField(
        required=False,
        choices=muscle_choices,
        label="Muscles it works on",
        help_text="It is suggested when one of them, or one of the same root, was needled.",
    )

    class Meta:
        model = Exercise
        fields = ("name", "instructions", "figure", *DOSE, "muscles", "source")
        labels: ClassVar = {
            "instructions": "Instructions, in plain words",
            "hold_seconds": "Hold, seconds",
            "times_a_day": "Times a day",
        }
        widgets: ClassVar = {"instructions": forms.Textarea(attrs={"rows": 4})}
        error_messages: ClassVar = {
            "name": {"required": "Enter a name."},
            "instructions": {"required": "Write what the patient does."},
            "source": {"required": "Say where it comes from, or “own wording”."},
            **DOSE_ERRORS,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["muscles"].widget.attrs["size"] = 8
        for name, field in self.fields.items():
            kind = "form-select" if name in ("figure", "muscles") else "form-control"
            field.widget.attrs["class"] = kind
