"""Form fields for the typed facts beside a yes: whole numbers, numbers, dates, a choice.

A fact that is left empty is not known. One that cannot be right is an error which says what to do.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.questions import Fact, FactKind, Question, When

FIRST_YEAR = 1900
PARTS = ("day", "month", "year")
LINE = 200


def today_at_clinic() -> date:
    """The day it is where the clinic is."""
    return timezone.localdate(timezone=ZoneInfo(settings.CLINIC_TIME_ZONE))


def fact_name(question: Question, fact: Fact) -> str:
    """The name of the field in the form of a page."""
    return f"{question.id}-{fact.id}"


def fact_field(fact: Fact) -> forms.Field:
    """The field of a fact; its cleaned value is a word for ``IntakeAnswer.facts`` or empty."""
    about: dict[str, Any] = {"label": fact.label, "help_text": fact.hint, "required": False}
    match fact.kind:
        case FactKind.LINE:
            widget = forms.TextInput(attrs={"placeholder": " "})
            return forms.CharField(max_length=LINE, widget=widget, **about)
        case FactKind.CHOICE:
            choices = [(one.value, one.label) for one in fact.options]
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **about)
        case FactKind.DAY | FactKind.MONTH:
            return DayField(fact, **about)
        case _:
            return NumberField(fact, **about)


class NumberField(forms.DecimalField):
    """A number in its range, with a comma or a point; cleaned to its plain digits."""

    def __init__(self, fact: Fact, **about: Any) -> None:
        is_whole = fact.kind is FactKind.WHOLE
        mode = "numeric" if is_whole else "decimal"
        super().__init__(
            max_digits=6,
            decimal_places=0 if is_whole else 2,
            widget=forms.TextInput(attrs={"inputmode": mode, "placeholder": " ", "maxlength": 6}),
            **about,
        )
        self.fact = fact

    def clean(self, value: Any) -> Any:
        try:
            number = super().clean(str(value or "").strip().replace(",", "."))
        except forms.ValidationError:
            raise self._wrong() from None
        if number is None:
            return ""
        if not float(self.fact.low) <= number <= float(self.fact.high):
            raise self._wrong()
        return f"{number:f}"

    def _wrong(self) -> forms.ValidationError:
        sentence = _("{label} Enter a number from {low} to {high}, or leave it empty")
        if self.fact.kind is FactKind.WHOLE:
            sentence = _("{label} Enter a whole number from {low} to {high}, or leave it empty")
        return forms.ValidationError(
            sentence.format(label=_asked(self.fact), low=self.fact.low, high=self.fact.high)
        )


class DayBoxes(forms.MultiWidget):
    """Three numeric boxes: day, month, year."""

    def __init__(self) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput(
                attrs={
                    "inputmode": "numeric",
                    "maxlength": length,
                    "class": f"box-{length}",
                    "placeholder": " ",
                }
            )
            for part, length in zip(PARTS, (2, 2, 4), strict=True)
        }
        super().__init__(boxes)

    def decompress(self, value: str | None) -> list[str]:
        """The boxes of a stored day or month."""
        parts = [f"{int(part)}" for part in value.split("-")] if value else []
        return [*[""] * (len(PARTS) - len(parts)), *reversed(parts)]


class DayField(forms.MultiValueField):
    """A day, or a month and a year where the fact allows it; cleaned to 2026-03-27 or 2026-03."""

    widget = DayBoxes

    def __init__(self, fact: Fact, **about: Any) -> None:
        fields = tuple(forms.CharField(required=False, max_length=4) for _part in PARTS)
        super().__init__(fields=fields, require_all_fields=False, **about)
        self.fact = fact

    def compress(self, data_list: Sequence[str]) -> str:
        day, month, year = data_list or ("", "", "")
        if not (day or month or year):
            return ""
        if not day and self.fact.kind is FactKind.MONTH:
            first = self._date(year, month, "1")
            self._check(first.replace(day=1), today_at_clinic().replace(day=1))
            return f"{first:%Y-%m}"
        found = self._date(year, month, day)
        self._check(found, today_at_clinic())
        return found.isoformat()

    def _date(self, *parts: str) -> date:
        try:
            found = date(*(int(part) for part in parts))
        except (ValueError, OverflowError):
            raise self._wrong() from None
        if found.year < FIRST_YEAR:
            raise self._wrong()
        return found

    def _check(self, found: date, today: date) -> None:
        if self.fact.when is When.PAST and found > today:
            sentence = _("{label} Enter a date that is not in the future")
        elif self.fact.when is When.AHEAD and found < today:
            sentence = _("{label} Enter today’s date or a later one")
        else:
            return
        raise forms.ValidationError(sentence.format(label=_asked(self.fact)))

    def _wrong(self) -> forms.ValidationError:
        sentence = _("{label} Enter the day, month and year as numbers, or leave all three empty")
        if self.fact.kind is FactKind.MONTH:
            sentence = _("{label} Enter the month and year as numbers, or leave all three empty")
        return forms.ValidationError(sentence.format(label=_asked(self.fact)))


def _asked(fact: Fact) -> str:
    """The label of the fact as the beginning of an error sentence."""
    return fact.label if fact.label.endswith("?") else f"{fact.label}:"


def facts_given(question: Question, cleaned: Mapping[str, Any]) -> dict[str, str]:
    """The facts of a question that were given, by their id."""
    given = {fact.id: cleaned.get(fact_name(question, fact), "") for fact in question.facts}
    return {key: value for key, value in given.items() if value}
