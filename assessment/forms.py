"""What the pages send: a new assessment, cells of the form, a signature."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict

from assessment.cells import Cell, Rows, key_of, read_cell, read_value
from assessment.choices import Battery
from assessment.filling import last_values_of, normals_of
from assessment.grid import Tab
from clinical.grades import PAIN_SIGN
from people.models import Patient
from scheduling.models import Appointment

NUMBER = "number|"
PAIN = "pain"
MOST_CELLS = 400


class StartForm(forms.Form):
    """Which region, and for which appointment of this patient."""

    battery = forms.ChoiceField(
        choices=Battery.choices, error_messages={"required": "Choose a region to examine."}
    )

    def __init__(self, data: QueryDict | None, *, patient: Patient) -> None:
        super().__init__(data)
        appointments = Appointment.objects.filter(patient=patient)
        self.fields["appointment"] = forms.ModelChoiceField(appointments, required=False)


class SignForm(forms.Form):
    """The accepted flags as ``C6|right``, a note, and the fingerprint of what was read."""

    note = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"})
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None, *, flags: Iterable[tuple[str, str]], **options: str
    ) -> None:
        super().__init__(data, initial=options)
        choices = [("|".join(flag), " ".join(flag)) for flag in flags]
        self.fields["accepted"] = forms.MultipleChoiceField(choices=choices, required=False)

    @property
    def accepted_flags(self) -> list[tuple[str, str]]:
        """Root and side of each ticked flag."""
        pairs = (text.partition("|") for text in self.cleaned_data["accepted"])
        return [(root, side) for root, _, side in pairs]


def posted_cells(data: QueryDict) -> list[Cell]:
    """The cells that the script sends; raises FindingError for one that is none."""
    return [read_cell(text) for text in data.getlist("cell")[:MOST_CELLS]]


def plain_cells(data: QueryDict, rows: Rows, tabs: Iterable[Tab]) -> tuple[str, list[Cell]]:
    """What a form without script asks for: the words of a filling, and the cells."""
    sent = data.dict()
    if "fill" in sent:
        words, cells = normals_of(f"{sent['fill']}", tabs)
        return f"{words} as normal", cells
    if "copy" in sent:
        return "as the time before", last_values_of(tabs)
    if "toggle" in sent:
        return "", [_toggled(f"{sent['toggle']}", rows)]
    return "", [read_cell(f"{name.removeprefix(NUMBER)}|{data[name]}") for name in _numbers(data)]


def _numbers(data: QueryDict) -> list[str]:
    return [name for name in data if name.startswith(NUMBER)]


def _toggled(text: str, rows: Rows) -> Cell:
    """The pressed value, or not tested when it stood there already."""
    key, _, wanted = text.rpartition("|")
    place = read_cell(f"{key}|").place
    sign, site, side = place
    row = rows.get(place)
    held, pain = (row.value, row.is_pain_inhibited) if row else (None, False)
    if wanted == PAIN:
        value, pain = held, not pain
    else:
        value = read_value(wanted)
        value = None if value == held else value
    mark = f"|{PAIN}" if pain and value is not None and sign == PAIN_SIGN else ""
    return read_cell(f"{key_of(sign, site, side)}|{'' if value is None else value}{mark}")
