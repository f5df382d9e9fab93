"""Which form fields a question is asked with, and what they start from."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from intake.fact_fields import fact_field, fact_name
from intake.models import IntakeAnswer
from intake.questions import NO, YES, Group, Kind, Page, Question, shortened
from intake.wording import ZONES

Answers = Mapping[str, IntakeAnswer]
DETAIL_LENGTH = 1000


def none_name(group: Group) -> str:
    """The name of a group's tick for "None of these"."""
    return f"none-{group.id}"


def sure_name(question: Question) -> str:
    """The name of the choice between yes and not sure beside a tick."""
    return f"{question.id}-sure"


def detail_name(question: Question) -> str:
    return f"{question.id}-detail"


def zone_name(question: Question, zone: str) -> str:
    """The name of the ticks for what one place of the pain drawing feels like."""
    return f"{question.id}-{zone}"


def fields_of(question: Question) -> Iterator[tuple[str, forms.Field]]:
    """Every field of a question with its name."""
    yield question.id, _field(question)
    if question.kind is Kind.CHECK:
        choices = [(one.value, one.label) for one in question.options if one.value != NO]
        yield (
            sure_name(question),
            forms.ChoiceField(choices=choices, widget=forms.RadioSelect, required=False),
        )
    if question.detail:
        line = forms.TextInput(attrs={"placeholder": " "})
        yield (
            detail_name(question),
            forms.CharField(
                label=question.detail, max_length=DETAIL_LENGTH, required=False, widget=line
            ),
        )
    for fact in question.facts:
        yield fact_name(question, fact), fact_field(fact)
    for zone in question.options if question.qualities else ():
        yield zone_name(question, zone.value), _qualities(question, zone.label)


def none_field() -> forms.BooleanField:
    """The first tick of a group."""
    return forms.BooleanField(required=False, label=_("None of these"))


def initial_of(page: Page, answers: Answers) -> dict[str, Any]:
    """What the fields of a page start from."""
    values: dict[str, Any] = {}
    for question in page.questions:
        saved = answers.get(question.id)
        if saved is not None:
            values |= _initial(question, saved)
        elif question.kind is Kind.CHECK:
            values[sure_name(question)] = YES
    for group in page.groups:
        checks = [question for question in page.questions if question.group == group.id]
        said = [answers[check.id].value for check in checks if check.id in answers]
        values[none_name(group)] = len(said) == len(checks) and set(said) == {NO}
    return values


def _initial(question: Question, saved: IntakeAnswer) -> dict[str, Any]:
    if question.is_open:
        return {question.id: saved.detail}
    values: dict[str, Any] = {detail_name(question): saved.detail}
    values |= {fact_name(question, fact): saved.facts.get(fact.id, "") for fact in question.facts}
    if question.kind is Kind.CHECK:
        is_ticked = saved.value != NO
        return values | {
            question.id: is_ticked,
            sure_name(question): saved.value if is_ticked else YES,
        }
    for zone, felt in saved.facts.get(ZONES, {}).items():
        values[zone_name(question, zone)] = felt
    many = question.kind in (Kind.MANY, Kind.ZONES)
    return values | {question.id: saved.value.split(",") if many else saved.value}


def _field(question: Question) -> forms.Field:
    choices = [(option.value, option.label) for option in question.options]
    common: dict[str, Any] = {
        "label": question.wording,
        "help_text": question.hint,
        "error_messages": {"required": _missing(question)},
    }
    match question.kind:
        case Kind.CHECK:
            return forms.BooleanField(required=False, **common)
        case Kind.YES_NO | Kind.ONE | Kind.NPRS:
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
        case Kind.MANY | Kind.ZONES:
            return forms.MultipleChoiceField(
                choices=choices,
                widget=forms.CheckboxSelectMultiple,
                required=question.kind is Kind.MANY,
                **common,
            )
        case _:
            return _open_field(question, {**common, "required": question.is_needed})


def _open_field(question: Question, common: dict[str, Any]) -> forms.Field:
    """The field of a question that is answered in writing."""
    match question.kind:
        case Kind.EMAIL:
            return forms.EmailField(widget=_line(question, "email"), **common)
        case Kind.TEL:
            invalid = _("Enter a phone number, like 604 555 0100")
            common["error_messages"] = {**common["error_messages"], "invalid": invalid}
            return forms.RegexField(
                r"^(?:\D*\d){7,15}\D*$", max_length=30, widget=_line(question, "tel"), **common
            )
        case Kind.TEXT:
            area = forms.Textarea(attrs={"rows": 3})
            return forms.CharField(max_length=DETAIL_LENGTH, widget=area, **common)
        case _:
            line = _line(question, "text")
            return forms.CharField(max_length=question.longest, widget=line, **common)


def _line(question: Question, kind: str) -> forms.TextInput:
    attrs = {"autocomplete": question.autocomplete} if question.autocomplete else {}
    return forms.TextInput(attrs={"type": kind, **attrs})


def _qualities(question: Question, place: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=place,
        choices=[(one.value, one.label) for one in question.qualities],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def _missing(question: Question) -> str:
    """What to do, and about which question, so that no two sentences of a page are alike."""
    sentences = {
        Kind.YES_NO: _("Select yes, no or I’m not sure: {question}"),
        Kind.NPRS: _("Select a number from 0 to 10, or I’m not sure: {question}"),
        Kind.ONE: _("Select one answer: {question}"),
        Kind.MANY: _("Tick at least one answer: {question}"),
    }
    sentence = sentences.get(question.kind) or _("Answer this: {question}")
    return sentence.format(question=shortened(question.wording))
