"""Forms of the session page. Each takes only what was posted: one control can save alone."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from clinical.reference import reference
from clinical.vocabulary import ROOTS
from sessions.choices import NEEDLES, NeedledSide
from sessions.models import Alert, NeedledMuscle, TreatmentSession
from sessions.needling import DETAILS, ROW_FIELDS
from sessions.rails import UNASKED

PAIN = "Choose a pain score from 0 to 10."
TWITCHES = "Enter the twitches as a number from 1 to 99, or leave it empty."
NEEDLES_OUT = "Enter the needles out as a number, for example 12."


class PostedOnlyForm(forms.ModelForm):  # type: ignore[type-arg]
    """A model form that drops every field the post does not carry."""

    def __init__(self, data: Any, *, instance: Any) -> None:
        super().__init__(data, instance=instance)
        for name in set(self.fields) - set(data):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        if not self.fields:
            raise ValidationError("Nothing was sent.")
        return self.cleaned_data

    def changes(self) -> dict[str, Any]:
        """What was posted, cleaned."""
        return {name: self.cleaned_data[name] for name in self.fields}

    def sentences(self) -> list[str]:
        """Every error as a sentence."""
        return sentences_of(self)


def sentences_of(form: forms.BaseForm) -> list[str]:
    """Every error of a form, once."""
    return list(dict.fromkeys(str(one) for errors in form.errors.values() for one in errors))


class DetailsForm(PostedOnlyForm):
    """Before, after and the count."""

    class Meta:
        model = TreatmentSession
        fields = DETAILS
        error_messages = {
            "pain_before": {"invalid": PAIN, "max_value": PAIN, "min_value": PAIN},
            "pain_after": {"invalid": PAIN, "max_value": PAIN, "min_value": PAIN},
            "needles_out": {
                "invalid": NEEDLES_OUT,
                "max_value": NEEDLES_OUT,
                "min_value": NEEDLES_OUT,
            },
        }


class RowForm(PostedOnlyForm):
    """One needled muscle; ``needle`` is gauge and length as 0.30x40, ``step`` counts up or down."""

    needle = forms.RegexField(
        r"^0\.\d\dx\d{2,3}$", error_messages={"invalid": "Choose a needle of the list."}
    )
    side = forms.ChoiceField(
        choices=NeedledSide.choices, error_messages={"invalid_choice": "Choose right or left."}
    )
    step = forms.TypedChoiceField(choices=[("1", "One more"), ("-1", "One fewer")], coerce=int)

    class Meta:
        model = NeedledMuscle
        fields = ("segment", "twitch", "twitch_count", "felt", "note")
        error_messages = {
            "twitch_count": {"invalid": TWITCHES, "max_value": TWITCHES, "min_value": TWITCHES}
        }

    def clean_segment(self) -> str:
        segment: str = self.cleaned_data["segment"]
        if segment and segment not in ROOTS:
            raise ValidationError("Choose a segment of the list.")
        return segment

    def changes(self) -> dict[str, Any]:
        """The fields to change, the needle as its two columns; step and side are not among them."""
        apart = ("needle", "step", "side")
        values = {k: v for k, v in super().changes().items() if k not in apart}
        if "needle" in self.fields:
            gauge, _x, length = self.cleaned_data["needle"].partition("x")
            values |= {"needle_gauge_mm": Decimal(gauge), "needle_length_mm": int(length)}
        return values


class AddForm(forms.Form):
    """One or several muscles, each written muscle:side:segment, with commas between."""

    pick = forms.CharField(max_length=4000, error_messages={"required": "Choose a muscle."})

    def clean_pick(self) -> list[tuple[str, str, str]]:
        found = []
        for part in self.cleaned_data["pick"].split(","):
            muscle, side, segment = [*part.split(":"), "", ""][:3]
            if muscle not in reference().muscles or side not in NeedledSide.values:
                raise ValidationError("Choose a muscle of the list, and its side.")
            found.append((muscle, side, segment if segment in ROOTS else ""))
        return found


class RestoreForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row that was removed, with all its values."""

    class Meta:
        model = NeedledMuscle
        fields = ("muscle", "side", *ROW_FIELDS)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        for name in ("twitch", "felt"):
            self.fields[name].required = False


class ReasonForm(forms.Form):
    """The reason of a caution, which names its rule and its row."""

    rule = forms.CharField(max_length=40)
    muscle = forms.CharField(max_length=60, required=False)
    side = forms.ChoiceField(choices=[("", ""), *NeedledSide.choices], required=False)
    reason = forms.CharField(max_length=80, error_messages={"required": UNASKED})


class CloseCountForm(forms.Form):
    """What was done about a difference between the needles in and out."""

    action_taken = forms.CharField(
        label="What was done",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
        error_messages={"required": "Write what was done before closing it."},
    )


class AddendumForm(forms.Form):
    text = forms.CharField(
        label="Addendum",
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        error_messages={"required": "Write the addendum."},
    )


class CloseAlertForm(forms.ModelForm):  # type: ignore[type-arg]
    """Closing asks what was done; the service refuses an empty text."""

    class Meta:
        model = Alert
        fields = ("action_taken",)
        labels = {"action_taken": "What was done"}
        widgets = {"action_taken": forms.Textarea(attrs={"rows": 4, "class": "form-control"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["action_taken"]
        field.required = True
        field.error_messages["required"] = "Write what was done before closing the alert."

    def _post_clean(self) -> None:
        """The row itself is written by the service."""


def needle_choices(row: NeedledMuscle) -> Iterable[tuple[str, str, bool]]:
    """Value, words and whether it is the row's; a size that is not in stock stays choosable."""
    own = (f"{row.needle_gauge_mm:.2f}", row.needle_length_mm)
    for gauge, length in sorted({*NEEDLES, own}):
        yield f"{gauge}x{length}", f"{gauge} × {length} mm", (gauge, length) == own
