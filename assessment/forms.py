"""What the pages send: a new assessment, cells of the form, a correction."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict

from assessment.cells import Cell, Rows, key_of, read_cell, read_states, read_value
from assessment.choices import Battery
from assessment.filling import last_values_of, normals_of
from assessment.grid import Tab
from assessment.regions import all_picks, known_keys
from clinical.grades import PAIN_SIGN
from clinical.segments import FindingError
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

    groups = forms.MultipleChoiceField(
        required=False,
        choices=[(pick.key, pick.name) for picks in all_picks().values() for pick in picks],
    )

    def __init__(self, data: QueryDict | None, *, patient: Patient) -> None:
        super().__init__(data)
        appointments = Appointment.objects.filter(patient=patient)
        self.fields["appointment"] = forms.ModelChoiceField(appointments, required=False)

    def clean(self) -> dict[str, Any]:
        """A selection of one's own needs groups; another region has none."""
        cleaned = super().clean() or {}
        is_custom = cleaned.get("battery") == Battery.CUSTOM
        cleaned["groups"] = known_keys(cleaned.get("groups", ())) if is_custom else []
        if is_custom and not cleaned["groups"]:
            self.add_error("groups", "Pick the groups that you want to examine.")
        return cleaned


class AddendumForm(forms.Form):
    """A correction below a signed assessment."""

    text = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        error_messages={"required": "Write what is to be corrected."},
    )


def posted_cells(data: QueryDict) -> list[Cell]:
    """The cells that the script sends, each with the states that its page knew.

    Raises FindingError for one that is none.
    """
    cells = [read_cell(text) for text in data.getlist("cell")[:MOST_CELLS]]
    known = [read_states(text) for text in data.getlist("known")[:MOST_CELLS]]
    if not known:
        return cells
    if len(known) != len(cells):
        raise FindingError("A change does not say what it replaces. Reload the page.")
    return [replace(cell, known=states) for cell, states in zip(cells, known, strict=True)]


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
