"""Forms of the review and of the re-screen: a decision for each reason, and one for all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from clinical.rescreening import CHANGES
from clinical.review_rules import Overall, ReasonDecision
from clinical.screening import NO, NOT_SURE, YES
from intake.choices import RescreenDecision, ReviewDecision
from intake.models import IntakeReview
from intake.outcome import ReasonShown, reason_shown
from intake.review import OVERALL, Decided, refusals_of, short_words

REASON_CHOICES = (
    (ReasonDecision.ACKNOWLEDGED.value, "Acknowledged"),
    (ReasonDecision.MITIGATED.value, "Mitigated"),
    (ReasonDecision.NOT_SUITABLE.value, "Not suitable"),
)
ANSWER_CHOICES = ((NO, "No"), (YES, "Yes"), (NOT_SURE, "Not sure"))
SELECT = "Select a decision"


@dataclass(frozen=True)
class ReasonRow:
    """A reason as it is shown, with the controls of its decision."""

    shown: ReasonShown
    decision: forms.BoundField
    how: forms.BoundField


class ReasonsForm(forms.Form):
    """Decisions on ``reasons`` (as stored), the decision for all of them, a note, a day."""

    note = forms.CharField(
        label="Note",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
    )
    deferred_until = forms.DateField(
        label="Deferred until",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter the day as 2026-12-03"},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        reasons: Sequence[Mapping[str, Any]],
        choices: Sequence[tuple[str, str]],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        self.reasons = reasons
        for reason in reasons:
            self._add_reason(reason)
        self.fields["decision"] = forms.ChoiceField(
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={"required": SELECT, "invalid_choice": SELECT},
        )

    def _add_reason(self, reason: Mapping[str, Any]) -> None:
        """Radio buttons, and the text that a mitigation needs."""
        name, words = reason["question_id"], short_words(reason)
        self.fields[f"reason-{name}"] = forms.ChoiceField(
            label=words,
            required=False,
            choices=REASON_CHOICES,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": SELECT},
        )
        self.fields[f"how-{name}"] = forms.CharField(
            label=f"How: {words}",
            required=False,
            max_length=500,
            widget=forms.TextInput(
                attrs={"class": "form-control", "placeholder": "Mitigated how, in your own words"}
            ),
        )

    def rows(self) -> Iterator[ReasonRow]:
        """The reasons with their controls, gravest first."""
        for reason in self.reasons:
            name = reason["question_id"]
            yield ReasonRow(reason_shown(reason), self[f"reason-{name}"], self[f"how-{name}"])

    def decided(self) -> list[Decided]:
        """What was decided so far."""
        found = []
        for reason in self.reasons:
            name = reason["question_id"]
            word = self.cleaned_data.get(f"reason-{name}")
            if word:
                how = self.cleaned_data.get(f"how-{name}", "")
                found.append(Decided(name, ReasonDecision(word), how))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        word = cleaned.get("decision")
        # Without a decision the reasons are still checked, so that all is said at once.
        overall, note = (
            (OVERALL[word], cleaned.get("note", "")) if word else (Overall.NOT_SUITABLE, "-")
        )
        until = cleaned.get("deferred_until")
        found = refusals_of(self.reasons, self.decided(), overall, note, until)
        words = {reason["question_id"]: short_words(reason) for reason in self.reasons}
        for one in found:
            if one.place in words:
                self.add_error(f"reason-{one.place}", f"{words[one.place]}: {one.sentence}")
            elif not self.has_error(one.place):
                self.add_error(one.place, one.sentence)
        return cleaned


class ReviewForm(ReasonsForm):
    """The review of an intake; ``version`` is the review it was made on, 0 for none."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        reasons: Sequence[Mapping[str, Any]],
        held: IntakeReview | None = None,
    ) -> None:
        choices = ReviewDecision.choices
        super().__init__(data, reasons=reasons, choices=choices, initial=_initial(held))

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0


def _initial(held: IntakeReview | None) -> dict[str, Any]:
    """A form that shows the decision that stands."""
    if held is None:
        return {"version": 0}
    found: dict[str, Any] = {
        "version": held.version,
        "decision": held.decision,
        "note": held.note,
        "deferred_until": held.deferred_until,
    }
    for one in held.reasons:
        found[f"reason-{one['question']}"] = one["decision"]
        found[f"how-{one['question']}"] = one["how"]
    return found


class RescreenForm(ReasonsForm):
    """What follows from what has changed."""

    def __init__(self, data: Any = None, *, reasons: Sequence[Mapping[str, Any]]) -> None:
        asked = [choice for choice in RescreenDecision.choices if choice[0] in OVERALL]
        super().__init__(data, reasons=reasons, choices=asked)


class ChangesForm(forms.Form):
    """The six questions; each is answered."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        for change in CHANGES:
            self.fields[change.id] = forms.ChoiceField(
                label=change.question,
                choices=ANSWER_CHOICES,
                widget=forms.RadioSelect,
                error_messages={"required": f"Answer: {change.question}"},
            )


class CloseRedFlagsForm(forms.Form):
    """Closing asks what was done; the service refuses an empty text."""

    note = forms.CharField(
        label="What was done",
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
        error_messages={"required": "Write what was done before closing the alert."},
    )
