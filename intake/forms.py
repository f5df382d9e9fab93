"""The date of birth, as the patient types it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class BirthDateForm(forms.Form):
    """Three numeric boxes; the compared date is ``cleaned_data["born_on"]``."""

    day = forms.IntegerField(min_value=1, max_value=31, label=_("Day"))
    month = forms.IntegerField(min_value=1, max_value=12, label=_("Month"))
    year = forms.IntegerField(min_value=1900, max_value=2100, label=_("Year"))
    SENTENCE = _("Enter your date of birth as numbers, for example 27 3 1980")

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
