"""Short notes on single muscles: one a side, sent, kept and compared beside the cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from django.utils import timezone

from assessment.cells import SEPARATOR, Place
from assessment.grid import PALPATION_TAB
from assessment.models import Assessment, MuscleNote
from assessment.shown import NoteShown, Section, Tab
from clinical.reference import reference
from clinical.segments import FindingError
from clinical.vocabulary import Side

NOTE = "note"  # stands where a cell has its sign
LONGEST = 200
PLAIN = "!'()*"  # what encodeURIComponent leaves as it is, beside letters, digits and -._~


@dataclass(frozen=True)
class Note:
    """What shall be noted on a muscle of a side; an empty text is no note."""

    muscle: str
    side: Side
    text: str
    known: frozenset[str] | None = None  # the texts it may replace; None replaces any

    @property
    def place(self) -> Place:
        return NOTE, self.muscle, self.side

    def may_replace(self, held: str) -> bool:
        """Whether the page knew what is held, or both say the same."""
        return self.known is None or held in self.known or held == self.text


@dataclass(frozen=True)
class NoteLine:
    """What is noted on a muscle, right beside left."""

    muscle: str
    right: str
    left: str


Notes = Mapping[tuple[str, str], MuscleNote]


def one_line(text: str) -> str:
    """A text without needless space."""
    return " ".join(text.split())


def is_note(text: str) -> bool:
    """Whether what the page sends is a note and no cell."""
    return text.startswith(NOTE + SEPARATOR)


def read_note(text: str, known: str | None = None) -> Note:
    """The note of ``note|muscle|side|text``, the texts as ``encodeURIComponent`` writes them.

    Raises FindingError with a sentence.
    """
    parts = text.split(SEPARATOR)
    if len(parts) != 4 or parts[1] not in reference().muscles or parts[2] not in tuple(Side):
        raise FindingError("This note is for no known muscle. Reload the page.")
    _, muscle, side, sent = parts
    words = _spoken(sent)
    if len(words) > LONGEST:
        raise FindingError(f"A note has at most {LONGEST} letters. Shorten it.")
    replaces = None if known is None else frozenset(map(_spoken, known.split(SEPARATOR)))
    return Note(muscle, Side(side), words, replaces)


def _spoken(text: str) -> str:
    return one_line(unquote(text))


def sent_text(row: MuscleNote | None) -> str:
    """The text as the page sends and compares it."""
    return quote(row.text, safe=PLAIN) if row else ""


def notes_of(assessment: Assessment | None) -> dict[tuple[str, str], MuscleNote]:
    """The stored notes by muscle and side; one query."""
    rows = assessment.muscle_notes.all() if assessment else ()
    return {(row.muscle, row.side): row for row in rows}


def unseen(wanted: Iterable[Note], held: Notes) -> dict[Place, MuscleNote | None]:
    """What stands where a note would replace words that its page did not know."""
    rows = {one: held.get((one.muscle, one.side)) for one in wanted}
    return {
        one.place: row for one, row in rows.items() if not one.may_replace(row.text if row else "")
    }


def write_notes(assessment: Assessment, wanted: Iterable[Note], held: Notes) -> None:
    """Store the texts that are new and delete the empty ones. Needs the lock of the draft."""
    for one in wanted:
        row = held.get((one.muscle, one.side))
        if one.text == (row.text if row else ""):
            continue
        if not one.text:
            assessment.muscle_notes.filter(muscle=one.muscle, side=one.side).delete()
            continue
        assessment.muscle_notes.update_or_create(
            muscle=one.muscle,
            side=one.side,
            defaults={"text": one.text, "entered_at": timezone.now()},
        )


def noted(tabs: Iterable[Tab], now: Notes, before: Notes) -> tuple[Tab, ...]:
    """The form with a field for each palpated muscle and side."""
    return tuple(
        replace(tab, sections=tuple(_noted(section, now, before) for section in tab.sections))
        if tab.id == PALPATION_TAB
        else tab
        for tab in tabs
    )


def _noted(section: Section, now: Notes, before: Notes) -> Section:
    rows = tuple(
        replace(row, notes=tuple(_field(row.site, row.name, side, now, before) for side in Side))
        for row in section.rows
    )
    return replace(section, rows=rows)


def _field(muscle: str, name: str, side: Side, now: Notes, before: Notes) -> NoteShown:
    row, last = now.get((muscle, side)), before.get((muscle, side))
    return NoteShown(
        key=SEPARATOR.join((NOTE, muscle, side)),
        label=f"{name}, note, {side}",
        side=side,
        text=row.text if row else "",
        last=last.text if last else "",
    )


def note_lines(notes: Notes) -> tuple[NoteLine, ...]:
    """The notes in words, in the order of the reference table."""
    muscles = {muscle for muscle, _ in notes}
    known = reference().muscles
    return tuple(
        NoteLine(known[muscle].name, *(_text(notes, muscle, side) for side in Side))
        for muscle in known
        if muscle in muscles
    )


def _text(notes: Notes, muscle: str, side: Side) -> str:
    row = notes.get((muscle, side))
    return row.text if row else ""
