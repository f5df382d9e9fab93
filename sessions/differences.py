"""What differs between a session and the one before it, in words. Nothing here asks a clock, nor
the database where the ``PARTS`` of the sessions were read before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sessions.counting import muscle_name
from sessions.models import CautionReason, NeedledMuscle, TreatmentSession

NEW = "new"
PARTS = ("advice_given", "home_exercises", "adverse_events", "caution_reasons")
Place = tuple[str, str]


@dataclass(frozen=True)
class Note:
    """A session as its text: the facts by their name, and each needled muscle in words."""

    begun_at: datetime
    facts: Mapping[str, str]
    needled: Mapping[Place, tuple[str, ...]]


@dataclass(frozen=True)
class Fact:
    """One text or number that is not what it was."""

    name: str
    now: str
    was: str


@dataclass(frozen=True)
class Differences:
    """Words for each muscle that is new or changed, those no longer needled, and the facts."""

    since: datetime
    rows: Mapping[Place, tuple[str, ...]]
    gone: tuple[str, ...]
    facts: tuple[Fact, ...]

    @property
    def new_rows(self) -> int:
        return sum(words == (NEW,) for words in self.rows.values())

    @property
    def changed_rows(self) -> int:
        return len(self.rows) - self.new_rows

    @property
    def are_none(self) -> bool:
        return not (self.rows or self.gone or self.facts)


def note_of(treatment: TreatmentSession, rows: Iterable[NeedledMuscle]) -> Note:
    """The parts of a session that are compared."""
    facts = {
        "Changes since last": treatment.changes_since,
        "Pain before": _number(treatment.pain_before),
        "Pain after": _number(treatment.pain_after),
        "Site": treatment.site,
        "Cautions": _lines(_caution(one) for one in treatment.caution_reasons.all()),
        "Adverse events": _adverse(treatment),
        "Advice told": _lines(one.words for one in treatment.advice_given.all()),
        "Advice": treatment.advice,
        "Home exercises": _lines(f"{x}, {x.dose}" for x in treatment.home_exercises.all()),
        "Exercises": treatment.exercises,
        "Plan": treatment.plan,
    }
    needled = {(row.muscle, row.side): _words_of(row) for row in rows}
    return Note(treatment.started_at, facts, needled)


def differences(now: Note, before: Note) -> Differences:
    """What of ``now`` was not so ``before``; a muscle on the other side is another muscle."""
    rows = {
        place: _changed(words, before.needled.get(place)) for place, words in now.needled.items()
    }
    facts = (Fact(name, text, before.facts.get(name, "")) for name, text in now.facts.items())
    return Differences(
        since=before.begun_at,
        rows={place: words for place, words in rows.items() if words},
        gone=tuple(_spoken(place) for place in before.needled if place not in now.needled),
        facts=tuple(fact for fact in facts if fact.now != fact.was),
    )


def _changed(words: tuple[str, ...], was: tuple[str, ...] | None) -> tuple[str, ...]:
    if was is None:
        return (NEW,)
    pairs = zip(words, was, strict=True)
    return tuple(f"was {old}" for new, old in pairs if new != old)


def _words_of(row: NeedledMuscle) -> tuple[str, ...]:
    count = f" ({row.twitch_count})" if row.twitch_count else ""
    insertions = "1 insertion" if row.insertions == 1 else f"{row.insertions} insertions"
    twitch = row.get_twitch_display().lower() or "not answered"
    return (
        f"segment {row.segment}" if row.segment else "without a segment",
        f"{row.needle_gauge_mm} × {row.needle_length_mm} mm",
        insertions,
        f"twitch {twitch}{count}",
        f"felt {row.get_felt_display()}",
        f"noted “{row.note}”" if row.note else "without a note",
    )


def _lines(texts: Iterable[str]) -> str:
    """A line each, in an order that does not depend on when they were written."""
    return "\n".join(sorted(texts))


def _caution(one: CautionReason) -> str:
    where = f"{_spoken((one.muscle, one.side))}: " if one.muscle else ""
    return f"{where}{one.text} Reason: {one.reason}"


def _adverse(treatment: TreatmentSession) -> str:
    """The events with their grades; else the answer, where not asked is never none."""
    events = _lines(f"{one.name} ({one.grade})" for one in treatment.adverse_events.all())
    return events or treatment.get_adverse_answer_display() or "Not asked"


def _spoken(place: Place) -> str:
    muscle, side = place
    return f"{muscle_name(muscle)}, {side}"


def _number(score: int | None) -> str:
    return "" if score is None else f"{score}"
