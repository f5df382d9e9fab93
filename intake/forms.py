"""Forms of the intake that are not question pages: date of birth, consent, review."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from intake.choices import NEEDLING_ALLOWED, ReviewDecision
from intake.models import IntakeReview
from intake.questions import Question, shortened


class BirthDateForm(forms.Form):
    """Three numeric boxes; the compared date is ``cleaned_data["born_on"]``."""

    day = forms.IntegerField(min_value=1, max_value=31, label="Day")
    month = forms.IntegerField(min_value=1, max_value=12, label="Month")
    year = forms.IntegerField(min_value=1900, max_value=2100, label="Year")
    SENTENCE = "Enter your date of birth as numbers, for example 27 3 1980"

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        for name, length in (("day", 2), ("month", 2), ("year", 4)):
            self.fields[name].widget = forms.TextInput(
                attrs={
                    "inputmode": "numeric",
                    "maxlength": length,
                    "autocomplete": f"bday-{name}",
                    "class": f"box-{length}",
                }
            )

    def clean(self) -> dict[str, Any]:
        parts = [self.cleaned_data.get(name) for name in ("year", "month", "day")]
        if None in parts:
            raise forms.ValidationError(self.SENTENCE)
        try:
            self.cleaned_data["born_on"] = date(*parts)  # type: ignore[arg-type]
        except ValueError:
            raise forms.ValidationError(self.SENTENCE) from None
        return self.cleaned_data


class ConsentForm(forms.Form):
    """Every statement ticked, and the typed name. The service refuses anything less."""

    signed_name = forms.CharField(
        label="Type your full name to sign",
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Type your full name to sign"},
    )

    def __init__(self, statements: tuple[Question, ...], data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        for statement in statements:
            self.fields[statement.id] = forms.BooleanField(
                label=statement.wording,
                error_messages={"required": f"Tick to agree: {shortened(statement.wording)}"},
            )
        self.order_fields([*(s.id for s in statements), "signed_name"])

    def statements(self) -> list[forms.BoundField]:
        """The tick boxes."""
        return [self[name] for name in self.fields if name != "signed_name"]

    def errors_in_order(self) -> list[tuple[str, str]]:
        """Each error with the id of the control it is about."""
        return [(str(f.auto_id), str(error)) for f in self for error in f.errors]


class ReviewForm(forms.ModelForm):  # type: ignore[type-arg]
    """The decision; anything but a plain yes without warnings says why."""

    class Meta:
        model = IntakeReview
        fields = ("decision", "note")
        widgets: ClassVar = {"note": forms.Textarea(attrs={"rows": 4, "class": "form-control"})}

    def __init__(self, *args: Any, has_warnings: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_warnings = has_warnings
        self.fields["decision"] = forms.ChoiceField(
            choices=ReviewDecision.choices,
            widget=forms.RadioSelect,
            error_messages={"required": "Select a decision"},
        )

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        decision, note = cleaned.get("decision"), cleaned.get("note")
        plain_yes = decision == ReviewDecision.SUITABLE and not self.has_warnings
        if decision and not plain_yes and not note:
            allowed = decision in NEEDLING_ALLOWED
            self.add_error("note", "Write why, and which precautions" if allowed else "Write why")
        return cleaned
