"""What the pages send: a new assessment, cells of the form, a correction."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django import forms
from django.http import QueryDict

from assessment.cells import Cell, Rows, key_of, read_cell, read_states, read_value
from assessment.choices import Battery
from assessment.filling import last_values_of, normals_of
from assessment.notes import Note, is_note, read_note
from assessment.regions import all_picks, known_keys
from assessment.shown import Tab
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

    name = forms.CharField(required=False, max_length=40)

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
    return [_known_cell(*one) for one in _sent(data) if not is_note(one[0])]


def posted_notes(data: QueryDict) -> list[Note]:
    """The notes among the cells that the script sends. Raises FindingError for one that is none."""
    return [read_note(*one) for one in _sent(data) if is_note(one[0])]


def plain_notes(data: QueryDict) -> list[Note]:
    """The notes that a form without script sends with every press."""
    return [read_note(f"{name}|{quote(f'{data[name]}')}") for name in data if is_note(name)]


def _sent(data: QueryDict) -> list[tuple[str, str | None]]:
    """Each change, with the states that its page knew when it says so."""
    changes, known = data.getlist("cell")[:MOST_CELLS], data.getlist("known")[:MOST_CELLS]
    if not known:
        return [(text, None) for text in changes]
    if len(known) != len(changes):
        raise FindingError("A change does not say what it replaces. Reload the page.")
    return list(zip(changes, known, strict=True))


def _known_cell(text: str, known: str | None) -> Cell:
    cell = read_cell(text)
    return cell if known is None else replace(cell, known=read_states(known))


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
