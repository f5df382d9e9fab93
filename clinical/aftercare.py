"""The advice that goes home with a patient after needling, in the words of the reference rows."""

from dataclasses import dataclass

from clinical.reference import reference

OWN_WORDING = "common practice, own wording, to be confirmed by the clinic"
ACTIVITY = (
    "Keep moving as feels comfortable. Leave hard training of the treated muscles until the "
    "soreness has settled."
)
# What is told, and the row of followup.csv in whose words; none where no row speaks of it.
TOLD = (
    ("soreness", "What soreness to expect", "soreness_start_end"),
    ("heat", "Heat", "heat_used"),
    ("activity", "Activity as tolerated", None),
    ("warning_signs", "Warning signs", "short_breath"),
)


@dataclass(frozen=True)
class Advice:
    """One piece of the standard advice with its sources."""

    id: str
    label: str
    text: str
    sources: tuple[str, ...]

    @property
    def told(self) -> str:
        """How it stands in the note."""
        return f"{self.label}: {self.text}"


def standard_advice() -> tuple[Advice, ...]:
    """What is usually told, in the order in which it is told."""
    return tuple(_advice(*one) for one in TOLD)


def _advice(key: str, label: str, row_id: str | None) -> Advice:
    if row_id is None:
        return Advice(key, label, ACTIVITY, (OWN_WORDING,))
    row = reference().followup_by_id[row_id]
    return Advice(key, label, row.patient_message, row.sources)
