"""Forms of the outcome measures: one class for each way of asking, built from the registry."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from clinical.outcome_measures import (
    CannotScore,
    Form,
    Measure,
    check_total,
    score_items,
    signed,
)
from sessions.models import OutcomeScore
from sessions.outcomes import Taken, clinic_day

LONGEST_ACTIVITY = 120
Answers = tuple[tuple[str, int], ...]


def _number(value: str) -> int | None:
    return int(value) if value else None


class ScoreField(forms.TypedChoiceField):
    """The answers from ``low`` to ``high`` as a row of radios, with words where there are some."""

    def __init__(
        self, measure: Measure, low: int, high: int, label: str, options: Sequence[str] = ()
    ) -> None:
        numbers = range(low, high + 1)
        words = options or [signed(number, measure) for number in numbers]
        super().__init__(
            label=label,
            choices=list(zip(map(str, numbers), words, strict=True)),
            coerce=_number,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": "Choose an answer of the list."},
        )


class OutcomeForm(forms.Form):
    """The day, and what a kind of form adds to it."""

    template = ""
    taken_on = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}),
        error_messages={"required": "Enter the day.", "invalid": "Enter the day as a date."},
    )

    def __init__(self, measure: Measure, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        self.fields["taken_on"].initial = clinic_day()
        self.fields["taken_on"].widget.attrs["max"] = f"{clinic_day():%Y-%m-%d}"
        self.build()

    def build(self) -> None:
        """Add the fields of the measure."""

    def answers(self) -> Answers:
        """What was answered, each with the words it was asked with."""
        return ()

    def scored(self) -> Decimal:
        """The score of the answers. Raises CannotScore."""
        return score_items(self.measure, [value for _item, value in self.answers()])

    def clean_taken_on(self) -> Any:
        day = self.cleaned_data["taken_on"]
        if day > clinic_day():
            raise ValidationError("The day is still to come.")
        return day

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            try:
                self.score = self.scored()
            except CannotScore as problem:
                raise ValidationError(str(problem)) from problem
        return self.cleaned_data

    def taken(self) -> Taken:
        """The measurement of a valid form."""
        return Taken(self.score, self.cleaned_data["taken_on"], self.answers())


class RatingForm(OutcomeForm):
    template = "sessions/_outcome_rating.html"

    def build(self) -> None:
        scoring = self.measure.scoring
        self.fields["value"] = ScoreField(
            self.measure, scoring.low, scoring.high, scoring.question, scoring.options
        )

    def answers(self) -> Answers:
        value = self.cleaned_data.get("value")
        return () if value is None else ((self.measure.scoring.question, value),)


class ItemsForm(OutcomeForm):
    """Worded items, or numbered sections of a questionnaire that lies on paper."""

    template = "sessions/_outcome_items.html"

    def build(self) -> None:
        scoring, (low, high) = self.measure.scoring, self.measure.item_range
        sections = scoring.sections
        numbered = [f"Section {n + 1}" for n in range(sections.count)] if sections else []
        for number, item in enumerate(numbered or scoring.items):
            self.fields[f"item_{number}"] = ScoreField(
                self.measure, low, high, item, scoring.options
            )

    def items(self) -> list[forms.BoundField]:
        return [field for field in self if field.name.startswith("item_")]

    def answers(self) -> Answers:
        given = [(str(one.label), self.cleaned_data.get(one.name)) for one in self.items()]
        return tuple((item, value) for item, value in given if value is not None)


class TicksForm(OutcomeForm):
    """Statements to tick. That none fits is said, so that a form never filled in is no score."""

    template = "sessions/_outcome_ticks.html"
    none = forms.BooleanField(label="None of them fits today", required=False)

    def build(self) -> None:
        scoring = self.measure.scoring
        self.fields["ticks"] = forms.MultipleChoiceField(
            label=scoring.question,
            choices=[(str(n), item) for n, item in enumerate(scoring.items)],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def answers(self) -> Answers:
        ticked = set(self.cleaned_data.get("ticks", ()))
        items = enumerate(self.measure.scoring.items)
        return tuple((item, int(str(number) in ticked)) for number, item in items)

    def scored(self) -> Decimal:
        if bool(self.cleaned_data["ticks"]) == self.cleaned_data["none"]:
            raise CannotScore("Tick the sentences that fit today, or “None of them fits today”.")
        return super().scored()


class ActivitiesForm(OutcomeForm):
    """What the patient cannot do well, in the patient's words, each with its rating."""

    template = "sessions/_outcome_activities.html"

    def build(self) -> None:
        scoring = self.measure.scoring
        for number in range(scoring.most):
            self.fields[f"activity_{number}"] = forms.CharField(
                label=f"Activity {number + 1}",
                max_length=LONGEST_ACTIVITY,
                required=False,
                widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
            )
            self.fields[f"value_{number}"] = ScoreField(
                self.measure, scoring.low, scoring.high, f"Rating of activity {number + 1}"
            )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [
            (self[f"activity_{n}"], self[f"value_{n}"]) for n in range(self.measure.scoring.most)
        ]

    def named(self) -> list[tuple[str, int | None]]:
        """Each row with an activity or a rating."""
        found = [
            (self.cleaned_data.get(text.name, ""), self.cleaned_data.get(value.name))
            for text, value in self.rows()
        ]
        return [(text, value) for text, value in found if text or value is not None]

    def answers(self) -> Answers:
        return tuple((text, value) for text, value in self.named() if value is not None)

    def scored(self) -> Decimal:
        named = self.named()
        if not all(text for text, _value in named):
            raise CannotScore("Name the activity of each rating.")
        if not named or any(value is None for _text, value in named):
            raise CannotScore(self.measure.scoring.missing)
        if len({text.casefold() for text, _value in named}) < len(named):
            raise CannotScore("Name each activity once.")
        return super().scored()


class TotalForm(OutcomeForm):
    template = "sessions/_outcome_total.html"

    def build(self) -> None:
        scoring = self.measure.scoring
        self.fields["total"] = forms.DecimalField(
            label=f"Total score, {scoring.low} to {scoring.high}",
            decimal_places=2,
            max_digits=6,
            widget=forms.NumberInput(attrs={"class": "form-control", "step": "any"}),
            error_messages={"required": "Enter the total.", "invalid": "Enter a number."},
        )

    def scored(self) -> Decimal:
        return check_total(self.measure, self.cleaned_data["total"])


FORMS: dict[Form, type[OutcomeForm]] = {
    Form.RATING: RatingForm,
    Form.ITEMS: ItemsForm,
    Form.TICKS: TicksForm,
    Form.ACTIVITIES: ActivitiesForm,
    Form.TOTAL: TotalForm,
}


class ReasonForm(forms.Form):
    """Why a score is corrected, or taken out altogether."""

    reason = forms.CharField(
        label="Why is it corrected?",
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        error_messages={"required": "Write why the score is corrected."},
    )
    take_out = forms.BooleanField(
        label="Take this score out, it should not be here", required=False
    )


def initial_of(measure: Measure, score: OutcomeScore, form: Form) -> dict[str, Any]:
    """The fields of ``form`` as they were for this score."""
    values = [answer["value"] for answer in score.answers]
    found: dict[str, Any] = {"taken_on": score.taken_on}
    match form:
        case Form.RATING:
            found["value"] = next(iter(values), None)
        case Form.TICKS:
            found["ticks"] = [str(n) for n, value in enumerate(values) if value]
            found["none"] = not any(values)
        case Form.ACTIVITIES:
            found |= activities_initial(score.activities)
            found |= {f"value_{n}": value for n, value in enumerate(values)}
        case Form.ITEMS:
            asked = measure.scoring.items or [f"Section {n + 1}" for n in range(99)]
            by_item = {answer["item"]: answer["value"] for answer in score.answers}
            found |= {f"item_{n}": by_item.get(item) for n, item in enumerate(asked)}
        case Form.TOTAL:
            found["total"] = score.score
    return found


def activities_initial(activities: Sequence[str]) -> dict[str, str]:
    """The activity fields filled in."""
    return {f"activity_{n}": text[:LONGEST_ACTIVITY] for n, text in enumerate(activities)}
