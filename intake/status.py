"""What others ask of the intake: the desk its badge, the treatment room whether it may start."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value
from django.utils import timezone

from intake.choices import NEEDLING_ALLOWED, ConsentState, IntakeStatus, ReviewDecision
from intake.consent import consents_of, state_of
from intake.form_pages import form_pages
from intake.models import Intake, IntakeReview, Rescreening
from people.models import Patient
from scheduling.models import Appointment

OPEN = (IntakeStatus.SENT, IntakeStatus.STARTED)
# appointment, status, link, decision of the review, questions answered so far, an open red flag
State = tuple[int | None, str, int | None, str | None, Sequence[str], bool]
# Only a started intake shows how far it is, so only its answers are read.
ANSWERED = ArrayAgg(
    "answers__question",
    filter=Q(status=IntakeStatus.STARTED, answers__isnull=False),
    default=Value([]),
)
ASK_WHAT_CHANGED = "Ask what has changed since last time."
OPEN_FLAG = "A red-flag answer waits for a physiotherapist: open its alert and close it first."


@dataclass(frozen=True)
class IntakeBadge:
    """The state of an intake in words for the front desk, with an icon and a tone."""

    words: str
    icon: str
    tone: str


class Topic(StrEnum):
    """What has to be settled before needling, in the order in which it is done."""

    INTAKE = "intake"
    RED_FLAG = "red_flag"
    REVIEW = "review"
    RESCREEN = "rescreen"
    CONSENT = "consent"


SENT = IntakeBadge("Intake sent", "mail", "is-info")
NOT_SENT = IntakeBadge("Intake not sent", "form", "")
ASKS_TO_CALL = IntakeBadge("Physiotherapist asks you to call", "call", "is-caution")
CONSENT_OBSTACLES = {
    ConsentState.OLDER_TEXT: "The consent on file is of an older text. Ask for a new one.",
    ConsentState.WITHDRAWN: "The consent to needling was withdrawn. Ask for a new one.",
    ConsentState.MISSING: "There is no valid consent to needling.",
}


def intakes_of(patient: Patient) -> list[Intake]:
    """All intakes, newest first, with what badges, banner and obstacles ask; two queries."""
    joined = Intake.objects.for_patient(patient).with_flags()
    joined = joined.select_related("appointment", "review", "screening")
    joined = joined.prefetch_related("rescreenings")
    return list(joined.annotate(answered=ANSWERED).order_by("-id"))


def status_badges(appointments: Iterable[Appointment]) -> dict[int, IntakeBadge]:
    """The badge of each appointment that has or needs an intake, in one query.

    ``appointments`` come with their type joined; nothing clinical is said.
    """
    wanted = list(appointments)
    intakes = (
        Intake.objects.filter(appointment_id__in=[a.pk for a in wanted])
        .with_flags()
        .annotate(answered=ANSWERED)
        .order_by("id")
        .values_list(
            "appointment_id", "status", "link_id", "review__decision", "answered", "is_flagged"
        )
    )
    return _badges(wanted, intakes)


def badges_from(
    intakes: Sequence[Intake], appointments: Iterable[Appointment]
) -> dict[int, IntakeBadge]:
    """The same badges for appointments of one patient, from their ``intakes_of``; no query."""
    rows = [
        (
            one.appointment_id,
            one.status,
            one.link_id,
            _decision(one),
            getattr(one, "answered", ()),
            getattr(one, "is_flagged", False),
        )
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
    for appointment_id, status, link_id, decision, answered, is_flagged in intakes:
        if appointment_id in shown:
            badge = _badge(status, decision, answered, has_link=bool(link_id))
            badges[appointment_id] = ASKS_TO_CALL if is_flagged else badge
    return badges


def _badge(
    status: str, decision: str | None, answered: Sequence[str], *, has_link: bool
) -> IntakeBadge:
    if status == IntakeStatus.SENT:
        return SENT if has_link else NOT_SENT
    if status == IntakeStatus.STARTED:
        return IntakeBadge(f"Intake started {percent_done(answered)} %", "half", "is-info")
    if decision in (ReviewDecision.POSTPONE, ReviewDecision.NOT_SUITABLE):
        return ASKS_TO_CALL
    return IntakeBadge("Intake complete", "form", "is-ok")


def percent_done(answered: Sequence[str]) -> int:
    """How many of the form's pages are answered, in percent; 100 only ever means submitted."""
    pages, known = form_pages(), set(answered)
    done = sum({question.id for question in page.questions} <= known for page in pages)
    return min(99, done * 100 // len(pages))


def needling_obstacles(patient: Patient, on: date, *, had_session: bool = False) -> list[str]:
    """Sentences why no needling may start on that day; empty when nothing stands against it."""
    intakes = Intake.objects.for_patient(patient).with_flags()
    intakes = intakes.select_related("appointment", "review").prefetch_related("rescreenings")
    consent = state_of(consents_of(patient))
    return obstacles_from(intakes.order_by("-id"), on, consent=consent, had_session=had_session)


def obstacles_from(
    intakes: Iterable[Intake], on: date, *, consent: ConsentState, had_session: bool = False
) -> list[str]:
    """The same from all intakes of the patient, newest first, as ``intakes_of`` reads them.

    ``had_session``: the patient was needled before, so the re-screen of the day is asked for also
    after a review of the same day.
    """
    found = topics_from(intakes, on, consent=consent, had_session=had_session)
    return [sentence for sentences in found.values() for sentence in sentences]


def topics_from(
    intakes: Iterable[Intake], on: date, *, consent: ConsentState, had_session: bool = False
) -> dict[Topic, list[str]]:
    """Every topic with the sentences that stand against needling; none where it is settled."""
    rows = list(intakes)
    newest = newest_submitted(rows)
    is_flagged = any(getattr(one, "is_flagged", False) for one in rows)
    found: dict[Topic, list[str]] = {topic: [] for topic in Topic}
    found[Topic.RED_FLAG] = [OPEN_FLAG] if is_flagged else []
    if any(one.status in OPEN and _is_for(one, on) for one in rows):
        found[Topic.INTAKE].append("The intake sent for this day is not submitted yet.")
    if newest is None:
        found[Topic.INTAKE].append("The patient has not submitted an intake.")
    else:
        found[Topic.REVIEW] = _review_obstacles(getattr(newest, "review", None), on)
        found[Topic.RESCREEN] = _rescreen_obstacles(newest, on, had_session=had_session)
    if consent != ConsentState.ON_FILE:
        found[Topic.CONSENT].append(CONSENT_OBSTACLES[consent])
    return found


def newest_submitted(intakes: Iterable[Intake]) -> Intake | None:
    """The one submitted last, which counts even when an older form was sent before another."""
    finished = [one for one in intakes if one.status not in OPEN]
    return max(finished, key=lambda one: (one.submitted_at or one.created_at, one.pk), default=None)


def latest_rescreening(intake: Intake) -> Rescreening | None:
    """The one that was asked last; no query where they were read with the intake."""
    return max(intake.rescreenings.all(), key=lambda one: one.pk, default=None)


def in_words(day: date) -> str:
    """A day as 3 December 2026."""
    return f"{day.day} {day:%B %Y}"


def _is_for(intake: Intake, on: date) -> bool:
    held = intake.appointment
    return held is not None and held.is_active and held.wall_date == on


def _review_obstacles(review: IntakeReview | None, on: date) -> list[str]:
    if review is None:
        return ["No physiotherapist has reviewed the intake yet."]
    if review.decision in NEEDLING_ALLOWED:
        return []
    if review.deferred_until is None:
        return [f"The review of the intake says: {review.get_decision_display()}."]
    day = in_words(review.deferred_until)
    if on < review.deferred_until:
        return [f"The review of the intake defers needling until {day}."]
    return [f"Needling was deferred until {day}: review the intake again."]


def _rescreen_obstacles(intake: Intake, on: date, *, had_session: bool) -> list[str]:
    """What the re-screen of the day says, or that it has not been asked."""
    review: IntakeReview | None = getattr(intake, "review", None)
    if review is None or not review.allows_needling:
        return []
    zone = ZoneInfo(settings.CLINIC_TIME_ZONE)
    last = latest_rescreening(intake)
    if last is not None and last.deferred_until is not None and on < last.deferred_until:
        return [f"The re-screen defers needling until {in_words(last.deferred_until)}."]
    if last is not None and timezone.localdate(last.asked_at, zone) == on:
        return [] if last.goes_on else ["The re-screen of this day says: not today."]
    is_needed = had_session or timezone.localdate(review.reviewed_at, zone) < on
    return [ASK_WHAT_CHANGED] if is_needed else []
