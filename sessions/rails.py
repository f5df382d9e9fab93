"""The guard rails of an open or signed session, and the reason that each of them wants."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from clinical.reference import reference
from clinical.session_rails import Needled, Rail, blocked_places, session_rails
from intake.precautions import Precautions, precautions_for
from sessions.drafts import locked_session
from sessions.models import CautionReason, NeedledMuscle, TreatmentSession

UNASKED = "Write one word of reason. A caution is never cleared without it."


@dataclass(frozen=True)
class RailShown:
    """A rail with its reason, empty while it is not answered."""

    rule: str
    text: str
    sources: tuple[str, ...]
    muscle: str
    side: str
    is_block: bool
    reason: str

    @property
    def place(self) -> str:
        return f"rail-{self.rule}-{self.muscle}-{self.side}".rstrip("-")

    @property
    def where(self) -> str:
        """The muscle and its side as they are spoken of; empty for the whole session."""
        known = reference().muscles.get(self.muscle)
        return f"{known.name}, {self.side}" if known else ""


def needled(rows: Iterable[NeedledMuscle]) -> list[Needled]:
    """The rows as the rules take them."""
    return [Needled(row.muscle, row.side, row.needle_length_mm) for row in rows]


def rails_of(
    treatment: TreatmentSession,
    rows: Sequence[NeedledMuscle],
    precautions: Precautions | None = None,
) -> tuple[RailShown, ...]:
    """Every rail of the session with its reason; a signed one keeps those it was signed with.

    One query for the reasons; two more when the ``precautions`` are not given.
    """
    written = list(treatment.caution_reasons.all())
    if treatment.is_signed:
        return tuple(map(_kept, written))
    known = precautions or precautions_for(treatment.patient)
    reasons = {(one.rule, one.muscle, one.side, one.text): one.reason for one in written}
    rails = session_rails(needled(rows), known.conditions)
    return tuple(_shown(rail, reasons.get((*rail.key, rail.text), "")) for rail in rails)


def _shown(rail: Rail, reason: str) -> RailShown:
    return RailShown(
        rail.rule, rail.text, rail.sources, rail.muscle, rail.side, rail.is_block, reason
    )


def _kept(one: CautionReason) -> RailShown:
    return RailShown(
        one.rule, one.text, (), one.muscle, one.side, is_block=False, reason=one.reason
    )


def refuse_blocked(treatment: TreatmentSession, muscle: str, side: str) -> None:
    """Raise ValidationError where the patient's screening forbids this muscle on this side."""
    conditions = precautions_for(treatment.patient).conditions
    for rail in session_rails([Needled(muscle, side)], conditions):
        if rail.is_block:
            raise ValidationError({"muscle": rail.text})


def blocked_by_screening(precautions: Precautions) -> frozenset[tuple[str, str]]:
    """Every muscle and side that the conditions of the patient forbid."""
    return blocked_places(precautions.conditions) if precautions.conditions else frozenset()


def drop_outlived_reasons(treatment: TreatmentSession, rows: Sequence[NeedledMuscle]) -> None:
    """Before signing: reasons of cautions that do not stand any more leave the note.

    Row history keeps them. Runs inside the transaction of the signature.
    """
    standing = {(r.rule, r.muscle, r.side, r.text) for r in rails_of(treatment, rows)}
    for one in treatment.caution_reasons.all():
        if (one.rule, one.muscle, one.side, one.text) not in standing:
            one.delete()


@transaction.atomic
def answer_rail(
    *, treatment: TreatmentSession, rule: str, muscle: str, side: str, reason: str
) -> TreatmentSession:
    """Keep why this rail was needled past, with its words of now; row history keeps earlier ones.

    Raises AlreadySigned, and ValidationError for an empty reason or a rail that does not stand.
    """
    locked = locked_session(treatment)
    rails = rails_of(locked, list(locked.muscles.all()))
    rail = next((r for r in rails if (r.rule, r.muscle, r.side) == (rule, muscle, side)), None)
    if rail is None:
        raise ValidationError("This caution does not stand any more.")
    if not reason.strip():
        raise ValidationError(UNASKED)
    place = {"rule": rule, "muscle": muscle, "side": side}
    held = locked.caution_reasons.filter(**place).first()
    written = held or CautionReason(treatment=locked, **place)
    written.text, written.reason, written.written_at = rail.text, reason.strip(), timezone.now()
    written.clean_fields()
    written.save()
    return locked
