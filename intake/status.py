"""What others ask of the intake: the desk its badge, the treatment room whether it may start."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef

from intake.choices import NEEDLING_ALLOWED, IntakeStatus, ReviewDecision
from intake.form_pages import form_pages
from intake.models import Consent, Intake, IntakeReview
from people.models import Patient
from scheduling.models import Appointment

OPEN = (IntakeStatus.SENT, IntakeStatus.STARTED)
# appointment, status, link, decision of the review, number of answers
State = tuple[int | None, str, int | None, str | None, int]


@dataclass(frozen=True)
class IntakeBadge:
    """The state of an intake in words for the front desk, with an icon and a tone."""

    words: str
    icon: str
    tone: str


SENT = IntakeBadge("Intake sent", "mail", "is-info")
NOT_SENT = IntakeBadge("Intake not sent", "form", "")
ASKS_TO_CALL = IntakeBadge("Physiotherapist asks you to call", "call", "is-caution")


def valid_consent() -> Exists:
    """For a query of patients: whether a consent to needling stands, not withdrawn."""
    return Exists(Consent.objects.filter(patient=OuterRef("pk"), withdrawn_at=None))


def intakes_of(patient: Patient) -> list[Intake]:
    """All intakes, newest first, with what badges, banner and obstacles ask; one query."""
    joined = Intake.objects.for_patient(patient).select_related(
        "appointment", "review", "screening"
    )
    return list(joined.annotate(answered=Count("answers")).order_by("-id"))


def status_badges(appointments: Iterable[Appointment]) -> dict[int, IntakeBadge]:
    """The badge of each appointment that has or needs an intake, in one query.

    ``appointments`` come with their type joined; nothing clinical is said.
    """
    wanted = list(appointments)
    intakes = (
        Intake.objects.filter(appointment_id__in=[a.pk for a in wanted])
        .annotate(answered=Count("answers"))
        .order_by("id")
        .values_list("appointment_id", "status", "link_id", "review__decision", "answered")
    )
    return _badges(wanted, intakes)


def badges_from(
    intakes: Sequence[Intake], appointments: Iterable[Appointment]
) -> dict[int, IntakeBadge]:
    """The same badges for appointments of one patient, from their ``intakes_of``; no query."""
    rows = [
        (one.appointment_id, one.status, one.link_id, _decision(one), getattr(one, "answered", 0))
        for one in reversed(intakes)
    ]
    return _badges(list(appointments), rows)


def _decision(intake: Intake) -> str | None:
    review: IntakeReview | None = getattr(intake, "review", None)
    return review.decision if review else None


def _badges(wanted: list[Appointment], intakes: Iterable[State]) -> dict[int, IntakeBadge]:
    """The newest of the ``intakes``, which come oldest first, speaks for its appointment."""
    shown = {a.pk for a in wanted}
    badges = {a.pk: NOT_SENT for a in wanted if a.appointment_type.needs_intake}
    for appointment_id, status, link_id, decision, answered in intakes:
        if appointment_id in shown:
            badges[appointment_id] = _badge(status, decision, answered, has_link=bool(link_id))
    return badges


def _badge(status: str, decision: str | None, answered: int, *, has_link: bool) -> IntakeBadge:
    if status == IntakeStatus.SENT:
        return SENT if has_link else NOT_SENT
    if status == IntakeStatus.STARTED:
        asked = sum(len(page.questions) for page in form_pages())
        percent = min(99, answered * 100 // asked)
        return IntakeBadge(f"Intake started {percent} %", "half", "is-info")
    if decision in (ReviewDecision.POSTPONE, ReviewDecision.NOT_SUITABLE):
        return ASKS_TO_CALL
    return IntakeBadge("Intake complete", "form", "is-ok")


def needling_obstacles(patient: Patient, on: date) -> list[str]:
    """Sentences why no needling may start on that day; empty when nothing stands against it."""
    intakes = Intake.objects.for_patient(patient).select_related("appointment", "review")
    consents = Consent.objects.filter(patient=patient, withdrawn_at=None)
    return obstacles_from(intakes.order_by("-id"), on, has_consent=consents.exists())


def obstacles_from(intakes: Iterable[Intake], on: date, *, has_consent: bool) -> list[str]:
    """The same from all intakes of the patient, newest first, with appointment and review."""
    rows, found = list(intakes), []
    if any(one.status in OPEN and _is_for(one, on) for one in rows):
        found.append("The intake sent for this day is not submitted yet.")
    newest = newest_submitted(rows)
    if newest is None:
        found.append("The patient has not submitted an intake.")
    else:
        found += _review_obstacles(getattr(newest, "review", None))
    if not has_consent:
        found.append("There is no valid consent to needling.")
    return found


def newest_submitted(intakes: Iterable[Intake]) -> Intake | None:
    """The one submitted last, which counts even when an older form was sent before another."""
    finished = [one for one in intakes if one.status not in OPEN]
    return max(finished, key=lambda one: (one.submitted_at or one.created_at, one.pk), default=None)


def _is_for(intake: Intake, on: date) -> bool:
    held = intake.appointment
    return held is not None and held.is_active and held.wall_date == on


def _review_obstacles(review: IntakeReview | None) -> list[str]:
    if review is None:
        return ["No physiotherapist has reviewed the intake yet."]
    if review.decision not in NEEDLING_ALLOWED:
        return [f"The review of the intake says: {review.get_decision_display()}."]
    return []
