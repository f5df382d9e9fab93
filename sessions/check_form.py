"""The one page of a check after a session, built from ``clinical.soreness_questions``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinical.soreness import assess_check
from clinical.soreness_questions import (
    FREE_TEXT,
    NOTHING,
    CheckKind,
    CheckQuestion,
    Treated,
    row_of,
)
from clinical.soreness_rules import ALL_ZONES, CHANGES, NO, NOT_SURE, SCORES, YES, parts_of
from clinical.vocabulary import Urgency
from intake.drafts import NUL
from sessions.check_places import Place, PlaceTick, figures, place_ticks

UNUSUAL, NONE_OF_THESE, PLACES = "unusual", "none", "places"
NOT_SURE_CHOICE = (NOT_SURE, gettext_lazy("I’m not sure"))
NOTE_LENGTH = 2000
MISSING = gettext_lazy("Select a number from 0 to 10, or I’m not sure: {wording}")
NOTHING_TICKED = gettext_lazy("Tick everything that fits, or “None of these”")
NONE_AND_MORE = gettext_lazy("Tick “None of these” alone, or untick it")


@dataclass(frozen=True)
class ListedTick:
    """One line of the list with its box, and what to do at once when it is ticked."""

    box: Any
    advice: str
    is_emergency: bool


@dataclass(frozen=True)
class TickGroup:
    """The ticks of one part of the body, with a title."""

    title: str
    ticks: list[ListedTick]


class CheckForm(forms.Form):
    """An answer that needs somebody today is never turned away because another is missing."""

    def __init__(
        self,
        questions: tuple[CheckQuestion, ...],
        answers: Mapping[str, str],
        data: Any = None,
        *,
        hours: int,
        session: Treated,
        places: Iterable[Place] = (),
    ) -> None:
        self.hours, self.session = hours, session
        self.listed = [q for q in questions if q.is_listed]
        self.own = {q.id: q for q in questions if not q.is_listed}
        self.places = list(places)
        super().__init__(data, initial=self._initial(answers), label_suffix="")
        for question in self.own.values():
            self.fields[question.id] = _field(question)
        self.fields[UNUSUAL] = forms.MultipleChoiceField(
            label=_("Anything unusual since the session?"),
            choices=[(NONE_OF_THESE, _("None of these")), *self._ticks()],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": NOTHING_TICKED},
        )
        if self.places:
            self.fields[PLACES] = forms.MultipleChoiceField(
                label=_("Where is it sore since the session?"),
                choices=[(place.zone, place.label) for place in self.places],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def _ticks(self) -> list[tuple[str, str]]:
        return [(tick_name(q, value), words) for q in self.listed for value, words in q.options]

    def _initial(self, answers: Mapping[str, str]) -> dict[str, Any]:
        if not answers:
            return {}
        given = {q.id: parts_of(answers.get(q.id, "")) for q in self.listed}
        ticked = [
            tick_name(q, value)
            for q in self.listed
            for value, _w in q.options
            if value in given[q.id]
        ]
        denied = any(NO in parts for parts in given.values())
        found: dict[str, Any] = {UNUSUAL: ticked or ([NONE_OF_THESE] if denied else [])}
        found[PLACES] = [part for parts in given.values() for part in parts if part in ALL_ZONES]
        for question in self.own.values():
            answer = answers.get(question.id, NOT_SURE if question.is_needed else "")
            found[question.id] = parts_of(answer) if question.kind is CheckKind.MANY else answer
        return found

    def clean(self) -> dict[str, Any]:
        if NONE_OF_THESE in self._list_of(UNUSUAL) and len(self._list_of(UNUSUAL)) > 1:
            self.add_error(UNUSUAL, NONE_AND_MORE)
        outcome = assess_check(self.answers(), hours=self.hours, session=self.session)
        if outcome.urgency >= Urgency.SAME_DAY:
            self.errors.clear()
        return self.cleaned_data

    def _list_of(self, name: str) -> list[str]:
        """The ticks of a field as posted, also where the field was refused."""
        widget = self.fields[name].widget
        posted = widget.value_from_datadict(self.data, self.files, self.add_prefix(name)) or []
        known = {value for value, _words in self.fields[name].choices}  # type: ignore[attr-defined]  # a choice field
        return [value for value in posted if value in known]

    def answers(self) -> dict[str, str]:
        """The answers as the rules take them; what was not answered is left out."""
        ticked = set(self._list_of(UNUSUAL))
        sore = self._list_of(PLACES) if self.places else []
        found = {q.id: _listed_answer(q, ticked, sore) for q in self.listed}
        if not ticked:
            found = {key: answer for key, answer in found.items() if answer != NO}
        for question in self.own.values():
            value = self._own_answer(question)
            if value and value != NOT_SURE:
                found[question.id] = value
        return found

    def _own_answer(self, question: CheckQuestion) -> str:
        value = self.cleaned_data.get(question.id) or ""
        match question.kind:
            case CheckKind.MANY:
                return ",".join(one for one in value if one != NOTHING or len(value) == 1)
            case CheckKind.TEXT if not value:
                # A note that is too long is cut when the answers cannot wait for a shorter one.
                return str(self.data.get(question.id, "")).replace(NUL, "")[:NOTE_LENGTH].strip()
            case _:
                return str(value)

    def errors_in_order(self) -> list[tuple[str, str]]:
        """Each error with the id of the control it is about."""
        names = [*self.own, UNUSUAL, *([PLACES] if self.places else [])]
        return [
            (str(self[n].auto_id) if n == FREE_TEXT else f"{self[n].auto_id}_0", str(error))
            for n in names
            for error in self[n].errors
        ]

    def own_fields(self) -> dict[str, forms.BoundField]:
        """The questions with a place of their own, by id."""
        return {name: self[name] for name in self.own}

    def places_field(self) -> forms.BoundField:
        """The question for the sore places."""
        return self[PLACES]

    def place_advice(self) -> str:
        """What to do at once about pain over the lung where no needle was."""
        return next(q.advice for q in self.listed if q.kind is CheckKind.PLACES)

    def has_other_places(self) -> bool:
        """True when a place is ticked that was not needled."""
        return any(t.box.data["selected"] and not t.place.is_needled for t in self.place_ticks())

    def has_more(self) -> bool:
        """True when one of the questions that are folded away is answered."""
        folded = [q.id for q in self.own.values() if q.kind in (CheckKind.CHANGE, CheckKind.ONE)]
        return any(self[name].value() for name in folded)

    def place_ticks(self) -> list[PlaceTick]:
        """The places with their boxes, needled ones first."""
        return place_ticks(self.places, self[PLACES]) if self.places else []

    def drawing(self) -> list[dict[str, Any]]:
        """The figures to tap; their labels belong to the boxes of the places."""
        return figures(self.place_ticks()) if self.places else []

    def none_tick(self) -> Any:
        """The tick that excludes all others."""
        return next(iter(self[UNUSUAL]))

    def groups(self) -> list[TickGroup]:
        """The other ticks by part of the body."""
        boxes = iter(list(self[UNUSUAL])[1:])
        ticks = [
            (q.group, ListedTick(next(boxes), q.advice if value == YES else "", _is_emergency(q)))
            for q in self.listed
            for value, _words in q.options
        ]
        titles = dict.fromkeys(group for group, _tick in ticks)
        return [TickGroup(t, [tick for group, tick in ticks if group == t]) for t in titles]


def tick_name(question: CheckQuestion, value: str) -> str:
    """The value of a tick of the list: its row, and which of its answers where not the gravest."""
    return question.id if value == YES else f"{question.id}-{value}"


def _is_emergency(question: CheckQuestion) -> bool:
    return row_of(question.id).urgency == Urgency.EMERGENCY


def _listed_answer(question: CheckQuestion, ticked: set[str], sore: list[str]) -> str:
    """The gravest answer that was ticked, for the places all of them, or no."""
    given = [value for value, _words in question.options if tick_name(question, value) in ticked]
    if question.kind is CheckKind.PLACES:
        return ",".join([*given, *sore]) or NO
    return given[-1] if given else NO


def _field(question: CheckQuestion) -> forms.Field:
    if question.kind is CheckKind.TEXT:
        return forms.CharField(
            label=question.wording,
            required=False,
            max_length=NOTE_LENGTH,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
    is_many = question.kind is CheckKind.MANY
    kind = forms.MultipleChoiceField if is_many else forms.ChoiceField
    return kind(
        label=question.wording,
        choices=_choices(question),
        widget=forms.CheckboxSelectMultiple if is_many else forms.RadioSelect,
        required=question.is_needed,
        error_messages={"required": MISSING.format(wording=question.wording)},
    )


def _choices(question: CheckQuestion) -> list[tuple[Any, Any]]:
    match question.kind:
        case CheckKind.SCORE:
            return [*((str(n), str(n)) for n in SCORES), NOT_SURE_CHOICE]
        case CheckKind.CHANGE:
            return [(str(n), _signed(n)) for n in CHANGES]
        case _:
            return list(question.options)


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else str(number).replace("-", "−")
