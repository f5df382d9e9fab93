"""The needle count, and what is still missing before a session can be signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinical.guard_rails import lung_signs
from clinical.reference import reference
from sessions.models import NeedledMuscle, TreatmentSession
from sessions.rails import RailShown, rails_of


@dataclass(frozen=True)
class Gap:
    """What is missing, as a sentence, and the part of the page where it is mended."""

    place: str
    sentence: str


@dataclass(frozen=True)
class NeedleCount:
    """Needles in are counted from the rows; needles out are entered by a person."""

    needles_in: int
    needles_out: int | None
    reason: str

    @property
    def difference(self) -> int:
        """Needles in that did not come out; negative when more came out than went in."""
        return self.needles_in - (self.needles_out or 0)

    @property
    def is_equal(self) -> bool:
        return self.needles_out is not None and self.difference == 0

    @property
    def is_settled(self) -> bool:
        return self.needles_out is not None and (self.difference == 0 or bool(self.reason))

    @property
    def words(self) -> str:
        """The difference in words; empty while nothing was entered or when they are equal."""
        if self.needles_out is None or self.difference == 0:
            return ""
        number = abs(self.difference)
        needles = "1 needle" if number == 1 else f"{number} needles"
        return f"{needles} not accounted for" if self.difference > 0 else f"{needles} out too many"


def count_of(treatment: TreatmentSession, rows: Sequence[NeedledMuscle]) -> NeedleCount:
    """The count of a session from its rows."""
    needles_in = sum(row.insertions for row in rows)
    return NeedleCount(needles_in, treatment.needles_out, treatment.count_reason)


def muscle_name(muscle: str) -> str:
    """The muscle's name, or its id where the table no longer has it."""
    known = reference().muscles.get(muscle)
    return known.name if known else muscle.replace("_", " ")


def in_words(row: NeedledMuscle) -> str:
    """A row as it is spoken of: the muscle, then the side."""
    return f"{muscle_name(row.muscle)}, {row.get_side_display().lower()}"


def rail_gaps(rails: Sequence[RailShown]) -> list[Gap]:
    """A gap for every caution without a reason, naming its row."""
    return [
        Gap(
            rail.place,
            f"Write one word of reason{f' for {rail.where}' if rail.where else ''}: {rail.text}",
        )
        for rail in rails
        if not rail.reason
    ]


def gaps_before_signing(
    treatment: TreatmentSession,
    rows: Sequence[NeedledMuscle],
    rails: Sequence[RailShown] | None = None,
) -> tuple[Gap, ...]:
    """Everything that signing still needs, in the order of the page.

    ``rails`` spares their queries to who has read them already.
    """
    found = []
    if treatment.pain_before is None:
        found.append(Gap("before", "Enter the pain before the session, 0 to 10."))
    found += [
        Gap(f"row-{row.pk}", f"Note the twitch of {in_words(row)}, or choose “not noted”.")
        for row in rows
        if not row.twitch
    ]
    found += rail_gaps(rails_of(treatment, rows) if rails is None else rails)
    if lung_signs(row.muscle for row in rows) and not treatment.lung_signs_told:
        found.append(Gap("lung_signs", "Tell the warning signs of a collapsed lung, and tick it."))
    if treatment.pain_after is None:
        found.append(Gap("after", "Enter the pain after the session, 0 to 10."))
    if not treatment.adverse_answer:
        found.append(Gap("adverse", "Answer whether an adverse event happened, “None” or which."))
    count = count_of(treatment, rows)
    if count.needles_out is None:
        found.append(Gap("needles_out", "Count the needles that came out and enter the number."))
    elif not count.is_settled:
        found.append(
            Gap(
                "needles_out",
                f"{count.needles_in} needles in and {count.needles_out} out: correct the number, "
                "or write the reason for the difference.",
            )
        )
    return tuple(found)
