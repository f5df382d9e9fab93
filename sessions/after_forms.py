"""Forms of what comes after the needles."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assessment.cells import read_value
from clinical.segments import FindingError
from sessions.choices import NeedledSide, RetestSign
from sessions.retesting import AFTER, BEFORE

MOMENTS = {f"{sign}-{moment}": (sign, moment) for sign in RetestSign for moment in (BEFORE, AFTER)}


class RetestForm(forms.Form):
    """Values of one sign, named as muscle_tone-after; an empty one is not tested."""

    site = forms.CharField(max_length=60)
    side = forms.ChoiceField(choices=NeedledSide)

    def clean(self) -> dict[str, Any]:
        posted = [name for name in MOMENTS if name in self.data]
        signs = {MOMENTS[name][0] for name in posted}
        if len(signs) != 1:
            raise ValidationError("Nothing was sent.")
        values = {MOMENTS[name][1]: self._value(name) for name in posted}
        return {**self.cleaned_data, "sign": signs.pop().value, **values}

    def _value(self, name: str) -> Decimal | None:
        try:
            return read_value(self.data[name])
        except FindingError as error:
            raise ValidationError(str(error)) from error
