"""What the review sends: a decision on each flag, and what is closed with the signature."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django import forms
from django.http import QueryDict

from assessment.choices import BodySide, Decision
from assessment.decisions import Choice, Kept, Tick
from assessment.models import FlagDecision
from clinical.ladder import LADDER_ROOTS
from clinical.plan import PlanRow
from clinical.segments import SegmentReport


class DecisionForm(forms.Form):
    """Accept, reject or amend one flag, each but the first with a reason."""

    decision = forms.ChoiceField(
        choices=Decision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose accept, reject or amend."},
    )
    amended_root = forms.ChoiceField(
        choices=[("", "root"), *((root, root) for root in LADDER_ROOTS)], required=False
    )
    amended_side = forms.ChoiceField(choices=[("", "side"), *BodySide.choices], required=False)
    reason = forms.CharField(required=False, max_length=300)

    def __init__(self, data: QueryDict | None, *, root: str, side: str, **options: Any) -> None:
        super().__init__(data, prefix=f"{root}-{side}", **options)
        self.root, self.side = root, side

    def clean(self) -> dict[str, Any]:
        """A root and side are kept only where the flag is amended."""
        cleaned = super().clean() or {}
        if cleaned.get("decision") != Decision.AMENDED:
            cleaned |= {"amended_root": "", "amended_side": ""}
        elif not (cleaned.get("amended_root") and cleaned.get("amended_side")):
            self.add_error("amended_root", "Choose the root and the side that you find instead.")
        if cleaned.get("decision") not in (None, Decision.ACCEPTED) and not cleaned.get("reason"):
            self.add_error("reason", "Write why.")
        return cleaned

    @property
    def choice(self) -> Choice:
        """The valid form as the act takes it."""
        return Choice(self.root, self.side, **self.cleaned_data)


FlagForm = tuple[dict[str, Any], DecisionForm]


def decision_forms(
    data: QueryDict | None, report: SegmentReport, decided: Iterable[FlagDecision]
) -> list[FlagForm]:
    """Each flag of the report with its form, filled with what was decided before."""
    before = {(one.root, one.side): one for one in decided}
    found = []
    for level in report.to_json()["levels"]:
        root, side = level["root"], level["side"]
        one = before.get((root, side))
        initial = {name: getattr(one, name) for name in DecisionForm.base_fields} if one else {}
        sent = data if any(name.startswith(f"{root}-{side}-") for name in data or ()) else None
        found.append((level, DecisionForm(sent, root=root, side=side, initial=initial)))
    return found


def asked(flags: Iterable[FlagForm]) -> list[DecisionForm]:
    """The flags on which something new is said."""
    return [form for _level, form in flags if form.is_bound and form.has_changed()]


class SignForm(forms.Form):
    """The planned muscles as ``deltoid|right|C5``, a note, and the fingerprint of what was read."""

    note = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"})
    )
    red_flag_action = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"})
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None, *, plan: Iterable[PlanRow], seen: str, kept: Kept
    ) -> None:
        ticked = ["|".join(tick) for tick in kept.planned]
        super().__init__(data, initial={**asdict(kept), "seen": seen, "planned": ticked})
        values = [f"{row.muscle}|{side}|{row.root}" for row in plan for side in BodySide.values]
        self.fields["planned"] = forms.MultipleChoiceField(
            choices=[(value, value) for value in values], required=False
        )

    @property
    def planned(self) -> list[Tick]:
        """Muscle, side and root of each tick."""
        return _ticks(self.cleaned_data["planned"])


def read_kept(data: QueryDict) -> Kept:
    """What the review holds besides decisions, as it was sent."""
    note, action = data.get("note", ""), data.get("red_flag_action", "")
    return Kept(note, action, tuple(_ticks(data.getlist("planned"))))


def _ticks(values: Iterable[str]) -> list[Tick]:
    parts = (tuple(value.split("|")) for value in values)
    return [(part[0], part[1], part[2]) for part in parts if len(part) == 3]
