"""What others ask of the intake: the desk its badge, the treatment room whether it may start."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from intake.choices import NEEDLING_ALLOWED, IntakeStatus, ReviewDecision
from intake.form_pages import form_pages
from intake.models import Consent, Intake, IntakeReview
from people.models import Patient
from scheduling.models import Appointment

OPEN = (IntakeStatus.SENT, IntakeStatus.STARTED)


@dataclass(frozen=True)
class IntakeBadge:
    """The state of an intake in words for the front desk, with an icon and a tone."""

    words: str
    icon: str
    tone: str


SENT = IntakeBadge("Intake sent", "mail", "is-info")
NOT_SENT = IntakeBadge("Intake not sent", "form", "")
ASKS_TO_CALL = IntakeBadge("Physiotherapist asks you to call", "call", "is-caution")


def status_badges(appointments: Iterable[Appointment]) -> dict[int, IntakeBadge]:
    """The badge of each appointment that has or needs an intake, in one query.

    ``appointments`` come with their type joined; nothing clinical is said.
    """
    wanted = list(appointments)
    badges = {a.pk: NOT_SENT for a in wanted if a.appointment_type.needs_intake}
    intakes = (
        Intake.objects.filter(appointment_id__in=[a.pk for a in wanted])
        .annotate(answered=Count("answers"))
        .order_by("id")
        .values_list("appointment_id", "status", "link_id", "review__decision", "answered")
    )
    for appointment_id, status, link_id, decision, answered in intakes:
        if appointment_id is not None:
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
    intakes = Intake.objects.for_patient(patient).select_related("review")
    found = []
    if intakes.filter(status__in=OPEN, appointment__wall_date=on).exists():
        found.append("The intake sent for this day is not submitted yet.")
    newest = intakes.exclude(status__in=OPEN).first()
    if newest is None:
        found.append("The patient has not submitted an intake.")
    else:
        found += _review_obstacles(getattr(newest, "review", None))
    if not Consent.objects.filter(patient=patient, withdrawn_at=None).exists():
        found.append("There is no valid consent to needling.")
    return found


def _review_obstacles(review: IntakeReview | None) -> list[str]:
    if review is None:
        return ["No physiotherapist has reviewed the intake yet."]
    if review.decision not in NEEDLING_ALLOWED:
        return [f"The review of the intake says: {review.get_decision_display()}."]
    return []
