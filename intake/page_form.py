"""The form of one page of questions, made from its data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from intake.models import IntakeAnswer
from intake.questions import GIVEN, NOT_GIVEN, Kind, Page, Question, shortened

Answers = Mapping[str, IntakeAnswer]
NONE_OF_THESE = "none"
MISSING = {
    Kind.YES_NO: "Select yes, no or I’m not sure",
    Kind.NPRS: "Select a number from 0 to 10, or I’m not sure",
    Kind.ONE: "Select one answer",
    Kind.MANY: "Tick at least one answer",
    Kind.ZONES: "Tick at least one place, or write it in the box",
}
DETAIL_LENGTH, LINE_LENGTH = 1000, 200


@dataclass(frozen=True)
class Asked:
    """One question with its bound fields, as the template shows it."""

    question: Question
    field: forms.BoundField
    detail: forms.BoundField | None

    @property
    def first_id(self) -> str:
        """The id of the first control, where the error summary leads."""
        is_group = isinstance(self.field.field.widget, forms.RadioSelect)
        return f"{self.field.auto_id}_0" if is_group else str(self.field.auto_id)

    @property
    def pairs(self) -> list[tuple[str, list[Any]]]:
        """The body zones as rows: the zone's name and its right and left tick."""
        ticks = list(self.field)
        return [
            (str(right.data["label"]).rpartition(",")[0], [right, left])
            for right, left in zip(ticks[::2], ticks[1::2], strict=True)
        ]


class PageForm(forms.Form):
    """One page of the intake; ``answers`` are what was saved before."""

    def __init__(self, page: Page, answers: Answers, data: Any = None) -> None:
        super().__init__(data, initial=_initial(page, answers), label_suffix="")
        self.page = page
        for question in page.questions:
            self.fields[question.id] = _field(question)
            if question.detail:
                self.fields[f"{question.id}-detail"] = forms.CharField(
                    label=question.detail,
                    max_length=DETAIL_LENGTH,
                    required=False,
                    widget=forms.TextInput(attrs={"placeholder": " "}),
                )

    def asked(self) -> Iterator[Asked]:
        """The questions in order, with their fields."""
        for question in self.page.questions:
            detail = self[f"{question.id}-detail"] if question.detail else None
            yield Asked(question, self[question.id], detail)

    def errors_in_order(self) -> list[tuple[str, str]]:
        """Each error with the id of the control it is about."""
        found = []
        for asked in self.asked():
            found += [(asked.first_id, str(error)) for error in asked.field.errors]
            if asked.detail is not None:
                found += [(str(asked.detail.auto_id), str(e)) for e in asked.detail.errors]
        return found

    def clean(self) -> dict[str, Any]:
        """A change of contact needs the new phone or e-mail; "none" excludes the other words."""
        cleaned = self.cleaned_data
        for question in self.page.questions:
            self._clean_choice(question)
        if cleaned.get("contact_right") == "no" and not (
            cleaned.get("new_phone") or cleaned.get("new_email") or self.errors
        ):
            self.add_error("new_phone", "Enter the new phone number or the new e-mail address")
        return cleaned

    def _clean_choice(self, question: Question) -> None:
        chosen = self.cleaned_data.get(question.id)
        if question.kind is Kind.MANY and chosen and NONE_OF_THESE in chosen and len(chosen) > 1:
            self.add_error(question.id, "Tick “None of these” alone, or untick it")
        if question.kind is Kind.ZONES and chosen == []:
            if self.cleaned_data.get(f"{question.id}-detail"):
                return
            self.add_error(question.id, MISSING[Kind.ZONES])

    def to_save(self) -> dict[str, tuple[str, str]]:
        """What ``services.save_answers`` stores: question to (value, detail)."""
        return {
            question.id: _stored(
                question,
                self.cleaned_data[question.id],
                self.cleaned_data.get(f"{question.id}-detail", ""),
            )
            for question in self.page.questions
        }


def _initial(page: Page, answers: Answers) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for question in page.questions:
        saved = answers.get(question.id)
        if saved is None:
            continue
        if question.is_open:
            values[question.id] = saved.detail
            continue
        many = question.kind in (Kind.MANY, Kind.ZONES)
        values[question.id] = saved.value.split(",") if many else saved.value
        values[f"{question.id}-detail"] = saved.detail
    return values


def _stored(question: Question, value: Any, detail: str) -> tuple[str, str]:
    if question.is_open:
        return (GIVEN if value else NOT_GIVEN, value)
    if isinstance(value, list):
        return (",".join(value) or GIVEN, detail)
    return (value, detail)


def _missing(question: Question) -> str:
    """What to do, and about which question, so that no two sentences of a page are alike."""
    return f"{MISSING.get(question.kind, 'Answer this')}: {shortened(question.wording)}"


def _field(question: Question) -> forms.Field:
    choices = [(option.value, option.label) for option in question.options]
    needed = question.is_needed
    messages = {"required": _missing(question)}
    common: dict[str, Any] = {
        "label": question.wording,
        "help_text": question.hint,
        "error_messages": messages,
    }
    match question.kind:
        case Kind.YES_NO | Kind.ONE | Kind.NPRS:
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
        case Kind.MANY:
            return forms.MultipleChoiceField(
                choices=choices, widget=forms.CheckboxSelectMultiple, **common
            )
        case Kind.ZONES:
            return forms.MultipleChoiceField(
                choices=choices, widget=forms.CheckboxSelectMultiple, required=False, **common
            )
        case Kind.EMAIL:
            return forms.EmailField(required=needed, widget=_line(question, "email"), **common)
        case Kind.TEL:
            return forms.RegexField(
                r"^(?:\D*\d){7,15}\D*$",
                required=needed,
                max_length=30,
                widget=_line(question, "tel"),
                **_with_message(common, "Enter a phone number, like 604 555 0100"),
            )
        case Kind.TEXT:
            area = forms.Textarea(attrs={"rows": 3})
            return forms.CharField(required=needed, max_length=DETAIL_LENGTH, widget=area, **common)
        case _:
            limit = 160 if question.id in ("emergency_contact", "physician") else LINE_LENGTH
            return forms.CharField(
                required=needed, max_length=limit, widget=_line(question, "text"), **common
            )


def _with_message(common: dict[str, Any], invalid: str) -> dict[str, Any]:
    return {**common, "error_messages": {**common["error_messages"], "invalid": invalid}}


def _line(question: Question, kind: str) -> forms.TextInput:
    attrs = {"autocomplete": question.autocomplete} if question.autocomplete else {}
    return forms.TextInput(attrs={"type": kind, **attrs})
