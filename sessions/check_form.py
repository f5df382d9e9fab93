"""The one page of the check after a session, built from ``clinical.soreness``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinical.soreness import CHANGES, NO, NOT_SURE, SCORES, YES
from clinical.soreness_questions import FREE_TEXT, CheckKind, CheckQuestion

UNUSUAL, NONE_OF_THESE = "unusual", "none"
NOT_SURE_CHOICE = (NOT_SURE, gettext_lazy("I’m not sure"))
NOTE_LENGTH = 2000
MISSING = {
    CheckKind.SCORE: gettext_lazy("Select a number from 0 to 10, or I’m not sure: {wording}"),
    CheckKind.CHANGE: gettext_lazy("Select how you feel compared with before, or I’m not sure"),
    CheckKind.YES_NO: gettext_lazy("Select yes or no: {wording}"),
}
NOTHING_TICKED = gettext_lazy("Tick everything that fits, or “None of these”")
NONE_AND_MORE = gettext_lazy("Tick “None of these” alone, or untick it")


@dataclass(frozen=True)
class TickGroup:
    """The ticks of one part of the body, with a title."""

    title: str
    ticks: list[Any]


class CheckForm(forms.Form):
    """A tick that asks for a person is never turned away because another answer is missing."""

    def __init__(
        self, questions: tuple[CheckQuestion, ...], answers: Mapping[str, str], data: Any = None
    ) -> None:
        self.ticks = [q for q in questions if q.kind is CheckKind.TICK]
        self.others = [q for q in questions if q.kind is not CheckKind.TICK]
        super().__init__(data, initial=self._initial(answers), label_suffix="")
        for question in self.others[:-1]:
            self.fields[question.id] = _field(question)
        self.fields[UNUSUAL] = forms.MultipleChoiceField(
            label=_("Anything unusual since the session?"),
            choices=[(NONE_OF_THESE, _("None of these")), *((q.id, q.wording) for q in self.ticks)],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": NOTHING_TICKED},
        )
        self.fields[FREE_TEXT] = forms.CharField(
            label=self.others[-1].wording,
            required=False,
            max_length=NOTE_LENGTH,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def _initial(self, answers: Mapping[str, str]) -> dict[str, Any]:
        if not answers:
            return {}
        ticked = [q.id for q in self.ticks if answers.get(q.id) == YES]
        others = {q.id: answers.get(q.id, NOT_SURE) for q in self.others[:-1]}
        note = answers.get(FREE_TEXT, "")
        return {**others, UNUSUAL: ticked or [NONE_OF_THESE], FREE_TEXT: note}

    def clean(self) -> dict[str, Any]:
        ticked = self.cleaned_data.get(UNUSUAL, [])
        warnings = [value for value in ticked if value != NONE_OF_THESE]
        if warnings:
            for question in self.others[:-1]:
                self.errors.pop(question.id, None)
        if warnings and NONE_OF_THESE in ticked:
            self.add_error(UNUSUAL, NONE_AND_MORE)
        return self.cleaned_data

    def answers(self) -> dict[str, str]:
        """The answers as the rules take them; what was not answered is left out."""
        ticked = self.cleaned_data[UNUSUAL]
        found = {question.id: YES if question.id in ticked else NO for question in self.ticks}
        for question in self.others:
            value = self.cleaned_data.get(question.id, "")
            if value and value != NOT_SURE:
                found[question.id] = value
        return found

    def scores(self) -> list[forms.BoundField]:
        """The questions that are answered by a number, in order."""
        return self._fields_of(CheckKind.SCORE, CheckKind.CHANGE)

    def plans(self) -> list[forms.BoundField]:
        """The questions that are answered by yes or no."""
        return self._fields_of(CheckKind.YES_NO)

    def _fields_of(self, *kinds: CheckKind) -> list[forms.BoundField]:
        return [self[question.id] for question in self.others if question.kind in kinds]

    def none_tick(self) -> Any:
        """The tick that excludes all others."""
        return next(iter(self[UNUSUAL]))

    def groups(self) -> list[TickGroup]:
        """The other ticks by part of the body."""
        boxes = dict(zip([q.id for q in self.ticks], list(self[UNUSUAL])[1:], strict=True))
        titles = dict.fromkeys(question.group for question in self.ticks)
        return [
            TickGroup(title, [boxes[q.id] for q in self.ticks if q.group == title])
            for title in titles
        ]

    def errors_in_order(self) -> list[tuple[str, str]]:
        """Each error with the id of the control it is about."""
        return [
            (str(field.auto_id) if field.name == FREE_TEXT else f"{field.auto_id}_0", str(error))
            for field in [*self.scores(), self[UNUSUAL], *self.plans(), self[FREE_TEXT]]
            for error in field.errors
        ]


def _field(question: CheckQuestion) -> forms.ChoiceField:
    match question.kind:
        case CheckKind.SCORE:
            choices = [*((str(n), str(n)) for n in SCORES), NOT_SURE_CHOICE]
        case CheckKind.CHANGE:
            choices = [*((str(n), _signed(n)) for n in CHANGES), NOT_SURE_CHOICE]
        case _:
            choices = [(YES, _("Yes")), (NO, _("No"))]
    return forms.ChoiceField(
        label=question.wording,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": MISSING[question.kind].format(wording=question.wording)},
    )


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else str(number).replace("-", "−")
