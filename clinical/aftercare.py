"""The advice that goes home with a patient after needling, in the words of the reference rows."""

from dataclasses import dataclass

from clinical.reference import reference

# The usual course, what helps, and when it is an emergency.
ADVICE_ROWS = ("soreness_start_end", "heat_used", "short_breath")


@dataclass(frozen=True)
class Advice:
    """A preset text with its sources."""

    text: str
    sources: tuple[str, ...]


def standard_advice() -> Advice:
    """One sentence group a line, from ``reference/followup.csv``."""
    rows = [reference().followup_by_id[row] for row in ADVICE_ROWS]
    return Advice(
        text="\n".join(row.patient_message for row in rows),
        sources=tuple(dict.fromkeys(source for row in rows for source in row.sources)),
    )
