"""What follows a patient onto every clinical page: alerts, precautions, blocked muscles."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from clinical.muscle_blocks import MuscleBlock, lung_block
from clinical.muscle_precautions import muscle_precautions
from clinical.review_rules import ReasonDecision
from clinical.session_rails import Condition, conditions_from
from intake.choices import ReviewDecision
from intake.models import Intake, IntakeReview
from intake.outcome import alerts_from
from intake.status import newest_submitted
from people.models import Patient


@dataclass(frozen=True)
class Precautions:
    """Each precaution as a sentence, the muscles that the screening forbids, what it says about
    the rules that a session heeds, and by muscle id what it says of single muscles."""

    words: tuple[str, ...] = ()
    block: MuscleBlock | None = None
    conditions: tuple[Condition, ...] = ()
    by_muscle: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def banner_of(patient: Patient) -> dict[str, Any]:
    """What the patient banner shows, as a template context; two queries."""
    joined = Intake.objects.for_patient(patient).select_related("review", "screening")
    intakes = list(joined.prefetch_related("rescreenings").order_by("-id"))
    return {"alerts": alerts_from(intakes), "precautions": precautions_from(intakes)}


def precautions_for(patient: Patient) -> Precautions:
    """The precautions of a patient from the newest intake; two queries."""
    found: Precautions = banner_of(patient)["precautions"]
    return found


def precautions_from(intakes: Iterable[Intake]) -> Precautions:
    """The same from all intakes with review, screening and re-screenings; no query."""
    newest = newest_submitted(intakes)
    if newest is None:
        return Precautions()
    review: IntakeReview | None = getattr(newest, "review", None)
    asked = list(newest.rescreenings.all())
    screening = getattr(newest, "screening", None)
    reasons = [*(screening.reasons if screening else [])]
    decided = [*(review.reasons if review else [])]
    for one in asked:
        reasons += one.reasons
        decided += one.decided
    words = [*_of_review(review), *(w for one in asked for w in _written(one.note, one.decided))]
    return Precautions(
        tuple(dict.fromkeys(words)),
        lung_block(reasons, decided),
        conditions_from(reasons, decided),
        muscle_precautions(reasons),
    )


def _of_review(review: IntakeReview | None) -> Iterator[str]:
    if review is None or not review.allows_needling:
        return
    is_careful = review.decision == ReviewDecision.WITH_PRECAUTIONS
    yield from _written(review.note if is_careful else "", review.reasons)


def _written(note: str, decided: Iterable[dict[str, str]]) -> Iterator[str]:
    """The note, and how each reason is mitigated."""
    if note:
        yield note
    for one in decided:
        if one["decision"] == ReasonDecision.MITIGATED:
            yield f"{one['words']}: {one['how']}"
