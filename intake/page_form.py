"""The form of one page of questions, made from its data."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from intake.fact_fields import fact_name, facts_given
from intake.pain_drawing import DrawnPlace, drawing, drawn_places
from intake.question_fields import (
    Answers,
    detail_name,
    fields_of,
    initial_of,
    none_field,
    none_name,
    sure_name,
    zone_name,
)
from intake.questions import (
    GIVEN,
    NO,
    NOT_GIVEN,
    YES,
    FactKind,
    Group,
    Kind,
    Page,
    Question,
    Reply,
    shortened,
)
from intake.wording import ZONES

NONE_OF_THESE = "none"


@dataclass(frozen=True)
class Asked:
    """One question with its bound fields, as the template shows it."""

    question: Question
    field: forms.BoundField
    detail: forms.BoundField | None
    sure: forms.BoundField | None = None
    facts: tuple[forms.BoundField, ...] = ()
    places: tuple[DrawnPlace, ...] = ()

    @property
    def first_id(self) -> str:
        """The id of the first control, where the error summary leads."""
        return f"{self.field.auto_id}_list" if self.places else first_id(self.field)

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The pain drawing to tap, front before back."""
        return drawing(self.places)


@dataclass(frozen=True)
class Block:
    """Questions that stand together: one alone, or the checks of a group with their first tick."""

    group: Group | None
    none: forms.BoundField | None
    asks: tuple[Asked, ...]


class PageForm(forms.Form):
    """One page of the intake; ``answers`` are what was saved before."""

    def __init__(self, page: Page, answers: Answers, data: Any = None) -> None:
        super().__init__(data, initial=initial_of(page, answers), label_suffix="")
        self.page = page
        for group in page.groups:
            self.fields[none_name(group)] = none_field()
        for question in page.questions:
            self.fields.update(fields_of(question))

    def asked(self) -> Iterator[Asked]:
        """The questions in order, with their fields."""
        for question in self.page.questions:
            yield Asked(
                question,
                self[question.id],
                self[detail_name(question)] if question.detail else None,
                self[sure_name(question)] if question.kind is Kind.CHECK else None,
                tuple(self[fact_name(question, fact)] for fact in question.facts),
                drawn_places(self, question) if question.kind is Kind.ZONES else (),
            )

    def blocks(self) -> Iterator[Block]:
        """The questions as the page shows them."""
        groups = {group.id: group for group in self.page.groups}
        for key, asks in groupby(self.asked(), key=lambda asked: asked.question.group):
            if key:
                yield Block(groups[key], self[none_name(groups[key])], tuple(asks))
            else:
                yield from (Block(None, None, (asked,)) for asked in asks)

    def errors_in_order(self) -> list[tuple[str, str]]:
        """Each error with the id of the control it is about."""
        found: list[tuple[str, str]] = []
        for block in self.blocks():
            if block.none is not None:
                found += [(str(block.none.auto_id), str(error)) for error in block.none.errors]
            for asked in block.asks:
                found += [(asked.first_id, str(error)) for error in asked.field.errors]
                beside = (asked.detail, *asked.facts)
                found += [(first_id(f), str(e)) for f in beside if f is not None for e in f.errors]
        return found

    def clean(self) -> dict[str, Any]:
        """A group is answered by a tick or by "None of these"; new contact needs phone or mail."""
        cleaned = self.cleaned_data
        for group in self.page.groups:
            self._clean_group(group)
        for question in self.page.questions:
            self._clean_choice(question)
        if cleaned.get("contact_right") == NO and not (
            cleaned.get("new_phone") or cleaned.get("new_email") or self.errors
        ):
            sentence = _("Enter the new phone number or the new e-mail address")
            self.add_error("new_phone", sentence)
        return cleaned

    def _clean_group(self, group: Group) -> None:
        cleaned, name = self.cleaned_data, none_name(group)
        checks = [question for question in self.page.questions if question.group == group.id]
        ticked = [question for question in checks if cleaned.get(question.id)]
        if ticked and cleaned.get(name):
            sentence = _("{group}: untick “None of these”, or untick what does not apply")
            self.add_error(name, sentence.format(group=group.title))
        for question in checks:
            if question not in ticked and self._wrote_beside(question):
                sentence = _(
                    "You wrote something here. Tick it, or clear what you wrote: {question}"
                )
                wording = shortened(question.wording)
                self.add_error(question.id, sentence.format(question=wording))
                return
        if not ticked and not cleaned.get(name):
            sentence = _("{group}: tick what applies, or “None of these”")
            self.add_error(name, sentence.format(group=group.title))

    def _wrote_beside(self, question: Question) -> bool:
        """True when a box of an unticked check was filled in; a choice cannot be taken back."""
        boxes = [fact for fact in question.facts if fact.kind is not FactKind.CHOICE]
        names = [detail_name(question), *(fact_name(question, fact) for fact in boxes)]
        return any(self.cleaned_data.get(name) for name in names)

    def _clean_choice(self, question: Question) -> None:
        chosen = self.cleaned_data.get(question.id)
        if question.kind is Kind.MANY and chosen and NONE_OF_THESE in chosen and len(chosen) > 1:
            self.add_error(question.id, _("Tick “None of these” alone, or untick it"))
        is_blank = chosen == [] and not self.cleaned_data.get(detail_name(question))
        if question.kind is Kind.ZONES and is_blank:
            self.add_error(question.id, _("Tap at least one place, or write it in the box"))

    def to_save(self) -> dict[str, Reply]:
        """What ``services.save_answers`` stores, by question."""
        return {question.id: self._reply(question) for question in self.page.questions}

    def _reply(self, question: Question) -> Reply:
        cleaned = self.cleaned_data
        value, detail = cleaned[question.id], cleaned.get(detail_name(question), "")
        facts = facts_given(question, cleaned)
        match question.kind:
            case Kind.CHECK if not value:
                return Reply(NO)
            case Kind.CHECK:
                return Reply(cleaned[sure_name(question)] or YES, detail, facts)
            case Kind.ZONES:
                return Reply(
                    ",".join(dict.fromkeys(value)) or GIVEN, detail, self._felt(question, value)
                )
            case Kind.MANY:
                return Reply(",".join(dict.fromkeys(value)), detail)
            case _ if question.is_open:
                return Reply(GIVEN if value else NOT_GIVEN, value)
        return Reply(value, detail, facts)

    def _felt(self, question: Question, zones: list[str]) -> dict[str, Any]:
        """What was ticked for the places that hurt."""
        felt = {zone: self.cleaned_data.get(zone_name(question, zone)) for zone in zones}
        return {ZONES: {zone: words for zone, words in felt.items() if words}}


def first_id(field: forms.BoundField) -> str:
    """The id of the first control of a field that may have several."""
    match field.field.widget:
        case forms.RadioSelect():
            return f"{field.auto_id}_0"
        case forms.MultiWidget():
            return f"{field.auto_id}_day"
    return str(field.auto_id)
