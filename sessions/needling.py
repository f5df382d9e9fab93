"""What is written into an open session: its needled muscles and its details."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from clinical.muscle_blocks import MuscleBlock
from clinical.needle_sizes import needle_class
from clinical.reference import reference
from clinical.screening import lung_muscles
from intake.precautions import precautions_for
from sessions.choices import COUNTED, MOST_INSERTIONS, Twitch
from sessions.drafts import locked_session
from sessions.models import NeedledMuscle, TreatmentSession
from sessions.rails import refuse_blocked

DETAILS = (
    "pain_before",
    "pain_after",
    "site",
    "changes_since",
    "needles_out",
    "count_reason",
    "advice",
    "exercises",
    "plan",
    "blocked_reason",
    "lung_signs_told",
)
ROW_FIELDS = (
    "segment",
    "needle_gauge_mm",
    "needle_length_mm",
    "insertions",
    "twitch",
    "twitch_count",
    "felt",
    "note",
)


@transaction.atomic
def add_muscle(
    *, treatment: TreatmentSession, muscle: str, side: str, segment: str = "", **fields: Any
) -> NeedledMuscle:
    """Add a row with the needle last used; row history keeps it.

    The twitch is left unanswered unless it is given. Raises AlreadySigned, and ValidationError
    for an unknown muscle, one that is already there on this side, one that the clinic or the
    patient's screening blocks, or a withdrawn consent.
    """
    locked = locked_session(treatment)
    if locked.consent_withdrawn_at:
        raise ValidationError("The consent was withdrawn: no muscle can be added.")
    if muscle not in reference().muscles:
        raise ValidationError({"muscle": "Choose a muscle of the list."})
    if muscle in lung_muscles():
        _refuse_over_lung(locked)
    refuse_blocked(locked, muscle, side)
    _only(fields, ROW_FIELDS)
    row = NeedledMuscle(
        treatment=locked,
        muscle=muscle,
        side=side,
        segment=segment,
        **{"twitch": "", **_needle_last_used(locked, muscle), **fields},
    )
    _check_row(row)
    row.save()
    return row


def _refuse_over_lung(treatment: TreatmentSession) -> None:
    """Raise ValidationError where the clinic or the patient's screening blocks these muscles."""
    if settings.LUNG_MUSCLES_BLOCKED:
        raise ValidationError({"muscle": "The clinic does not needle muscles over the lung."})
    block = precautions_for(treatment.patient).block
    if block is not None and not _may_override(block, treatment):
        raise ValidationError({"muscle": block.sentence})


def _may_override(block: MuscleBlock, treatment: TreatmentSession) -> bool:
    """A relative rule yields to a written reason, an absolute one to nothing."""
    return not block.is_absolute and bool(treatment.blocked_reason.strip())


def _is_over_lung(treatment: TreatmentSession) -> bool:
    return treatment.muscles.filter(muscle__in=lung_muscles()).exists()


def _needle_last_used(treatment: TreatmentSession, muscle: str) -> dict[str, Any]:
    """The size last used for this muscle on this patient, else by this physiotherapist, else the
    one that the muscle's depth begins with."""
    for whose in (
        Q(treatment__patient=treatment.patient_id),
        Q(treatment__practitioner=treatment.practitioner_id),
    ):
        used = NeedledMuscle.objects.filter(whose, muscle=muscle).order_by("-id")
        last = used.values("needle_gauge_mm", "needle_length_mm").first()
        if last is not None:
            return dict(last)
    first = needle_class(muscle)
    return {"needle_gauge_mm": first.gauge_mm, "needle_length_mm": first.length_mm}


def _only(fields: dict[str, Any], known: tuple[str, ...]) -> None:
    unknown = sorted(set(fields) - set(known))
    if unknown:
        raise TypeError(f"Not a field to set here: {', '.join(unknown)}")


def _check_row(row: NeedledMuscle) -> None:
    """Raise ValidationError for a value out of range; an unanswered twitch is allowed."""
    row.full_clean(exclude=[] if row.twitch else ["twitch"])


@transaction.atomic
def change_muscle(*, row: NeedledMuscle, **fields: Any) -> NeedledMuscle:
    """Change the fields given; row history keeps what was before.

    A twitch that is not weak or strong loses its count. Raises AlreadySigned, and ValidationError
    for a value out of range.
    """
    locked_session(row.treatment)
    _only(fields, ROW_FIELDS)
    locked = NeedledMuscle.objects.select_for_update().get(pk=row.pk)
    if fields.get("twitch", Twitch.WEAK) not in COUNTED:
        fields["twitch_count"] = None
    for name, value in fields.items():
        setattr(locked, name, value)
    _check_row(locked)
    locked.save(update_fields=list(fields))
    return locked


@transaction.atomic
def step_insertions(*, row: NeedledMuscle, by: int) -> NeedledMuscle:
    """Count insertions up or down, within 1 and 30. Raises AlreadySigned."""
    locked_session(row.treatment)
    now = NeedledMuscle.objects.values_list("insertions", flat=True).get(pk=row.pk)
    return change_muscle(row=row, insertions=min(max(now + by, 1), MOST_INSERTIONS))


@transaction.atomic
def move_to_side(*, row: NeedledMuscle, side: str) -> NeedledMuscle:
    """Correct the side of a row; what was noted on it stays.

    Raises AlreadySigned, and ValidationError where the muscle is there on that side already or
    may not be needled there.
    """
    treatment = locked_session(row.treatment)
    locked = NeedledMuscle.objects.select_for_update().get(pk=row.pk)
    if locked.side != side:
        refuse_blocked(treatment, locked.muscle, side)
        locked.side = side
        _check_row(locked)
        locked.save(update_fields=["side"])
    return locked


@transaction.atomic
def remove_muscle(*, row: NeedledMuscle) -> dict[str, Any]:
    """Take a row out; returns its values, so that it can be added again. Raises AlreadySigned."""
    locked_session(row.treatment)
    locked = NeedledMuscle.objects.select_for_update().get(pk=row.pk)
    values = {name: getattr(locked, name) for name in ("muscle", "side", *ROW_FIELDS)}
    locked.delete()
    return values


@transaction.atomic
def save_details(*, treatment: TreatmentSession, **fields: Any) -> TreatmentSession:
    """Save the fields given; row history keeps what was before.

    With the needles out it keeps the instant they were counted: the checks count from it.
    Raises AlreadySigned, and ValidationError for a reason that is emptied while it is needed.
    """
    _only(fields, DETAILS)
    locked = locked_session(treatment)
    if not fields.get("blocked_reason", "-").strip() and _is_over_lung(locked):
        raise ValidationError({"blocked_reason": "Muscles over the lung still need the reason."})
    if "needles_out" in fields:
        counted = fields["needles_out"] is not None
        fields["needles_out_at"] = timezone.now() if counted else None
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.clean_fields(exclude={f.name for f in locked._meta.fields} - set(fields))
    locked.save(update_fields=list(fields))
    return locked
