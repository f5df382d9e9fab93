"""Asking again for an intake that is not finished: once by itself, and by hand from the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import DurationField, Exists, ExpressionWrapper, F, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.choices import Action
from audit.services import record
from intake.models import Intake, IntakeDraft, IntakeQuerySet, IntakeReminder
from intake.services import send_link
from intake.status import NOT_SENT, OPEN, IntakeBadge, status_badges
from people.models import User
from scheduling.models import Appointment
from scheduling.services import NOT_HERE_YET

REMIND_BEFORE = timedelta(hours=24)
# The first link, a new one or a nudge is enough for so long.
SINCE_LAST_MESSAGE = timedelta(hours=12)
# Whoever saved a page or typed on one so lately is at it: a new link would close the page under
# their hands.
AT_IT = timedelta(minutes=30)
BETWEEN_NUDGES = timedelta(minutes=10)
DESK_LOOKS_AHEAD = timedelta(days=7)
SUBJECT = _("Reminder: before your appointment at {clinic}")


class NotReminded(Exception):
    """No reminder was sent; ``str()`` is the sentence for the desk."""


@dataclass(frozen=True)
class Chase:
    """An unfinished intake and when the patient was last reminded of it."""

    intake: int
    has_link: bool
    reminded_at: datetime | None
    is_on_paper: bool = False

    @property
    def words(self) -> str:
        """When the last reminder went, by the clinic's clock; empty without one."""
        return f"Reminded {_when(self.reminded_at, timezone.now())}" if self.reminded_at else ""


@dataclass(frozen=True)
class Unfinished:
    """An appointment to come whose intake is missing, with what the desk can do about it."""

    appointment: Appointment
    badge: IntakeBadge
    chase: Chase | None


def intakes_to_remind(now: datetime) -> list[Intake]:
    """Intakes that get their one automatic reminder now: visit within a day, form unfinished.

    Not for a visit that was booked within its last day, that is past, freed or begun; not without
    an e-mail address; not while the patient is at it, and not while paper is being entered.
    """
    return list(_to_remind(now).order_by("appointment__starts_at", "pk"))


def _to_remind(now: datetime) -> IntakeQuerySet:
    lead = ExpressionWrapper(
        F("appointment__starts_at") - F("appointment__created_at"), output_field=DurationField()
    )
    waiting = Intake.objects.filter(
        status__in=OPEN,
        entered_by=None,
        appointment__status__in=NOT_HERE_YET,
        appointment__starts_at__gt=now,
        appointment__starts_at__lte=now + REMIND_BEFORE,
    )
    told_long_ago = Q(link=None) | Q(link__created_at__lte=now - SINCE_LAST_MESSAGE)
    reminded = IntakeReminder.objects.filter(intake=OuterRef("pk"), sent_by=None)
    typing = IntakeDraft.objects.filter(intake=OuterRef("pk"), saved_at__gt=now - AT_IT)
    return (
        waiting.filter(told_long_ago)
        .exclude(patient__email="")
        .exclude(Exists(reminded) | Exists(typing))
        .annotate(lead=lead, saved_at=Max("answers__answered_at"))
        .filter(Q(saved_at=None) | Q(saved_at__lte=now - AT_IT), lead__gte=REMIND_BEFORE)
        .exclude(link__opened_at__gt=now - AT_IT)
    )


@transaction.atomic
def remind_by_itself(intake: Intake) -> IntakeReminder | None:
    """Send the automatic reminder once; None when it is no longer wanted.

    Holds the row, so that two workers, a submit or a page saved meanwhile cannot cross it. Makes a
    new link, which closes the old one, queues the message, stores the reminder, audits.
    """
    locked = _locked(intake)
    if not _to_remind(timezone.now()).filter(pk=locked.pk).exists():
        return None
    return _remind(locked, by=None)


@transaction.atomic
def remind_by_hand(*, intake: Intake, by: User) -> IntakeReminder:
    """Send a reminder because somebody at the desk asked for it.

    Makes a new link, which closes the old one, queues the message, stores the reminder, audits.
    Raises NotReminded with its sentence: finished, visit over or freed, no e-mail address,
    reminded less than ten minutes ago, or the patient is filling it in at this moment.
    """
    locked, now = _locked(intake), timezone.now()
    _refuse_nudge(locked, now)
    return _remind(locked, by=by)


def _locked(intake: Intake) -> Intake:
    """The row of the intake, held, with what a reminder needs joined."""
    rows = Intake.objects.select_related("patient", "appointment__room__location", "link")
    return rows.select_for_update(of=("self",)).get(pk=intake.pk)


def _refuse_nudge(intake: Intake, now: datetime) -> None:
    visit, last = intake.appointment, intake.reminders.first()
    if intake.status not in OPEN:
        raise NotReminded("The intake is complete already. No reminder was sent.")
    if visit is None or visit.status not in NOT_HERE_YET or visit.starts_at <= now:
        raise NotReminded("This appointment has begun or is cancelled. No reminder was sent.")
    if not intake.patient.email:
        raise NotReminded("There is no e-mail address on file. Call the patient instead.")
    if last is not None and now - last.sent_at < BETWEEN_NUDGES:
        raise NotReminded(
            f"Reminded {_when(last.sent_at, now)}. Wait ten minutes before you remind again."
        )
    saved = intake.answers.filter(answered_at__gt=now - AT_IT)
    typed = intake.drafts.filter(saved_at__gt=now - AT_IT)
    if saved.exists() or typed.exists():
        raise NotReminded("The patient is filling in the form right now. No reminder was sent.")


def _remind(intake: Intake, *, by: User | None) -> IntakeReminder:
    visit = intake.appointment
    if visit is None:
        raise ValueError("An intake without an appointment has nothing to remind of.")
    send_link(intake, appointment=visit, patient=intake.patient, subject=SUBJECT)
    reminder = IntakeReminder.objects.create(intake=intake, sent_by=by, sent_at=timezone.now())
    record(Action.SEND, reminder, patient_id=intake.patient_id, detail="reminder")
    return reminder


def chases_of(appointments: Iterable[Appointment]) -> dict[int, Chase]:
    """The unfinished intake of each appointment that is still expected; one query."""
    expected = [one.pk for one in appointments if one.status in NOT_HERE_YET]
    intakes = (
        Intake.objects.filter(appointment_id__in=expected)
        .annotate(reminded_at=Max("reminders__sent_at"))
        .order_by("pk")
        .values_list("appointment_id", "pk", "status", "link_id", "reminded_at", "entered_by_id")
    )
    newest = {row[0]: row for row in intakes}
    return {
        visit: Chase(pk, bool(link), reminded_at, is_on_paper=bool(writer))
        for visit, pk, status, link, reminded_at, writer in newest.values()
        if visit is not None and status in OPEN
    }


def unfinished_intakes(now: datetime) -> list[Unfinished]:
    """What the desk chases: appointments of the next days, the nearest first; three queries."""
    coming = (
        Appointment.objects.between(now, now + DESK_LOOKS_AHEAD)
        .filter(Q(appointment_type__needs_intake=True) | Q(intakes__isnull=False))
        .filter(status__in=NOT_HERE_YET)
        .with_people()
        .distinct()
    )
    visits = list(coming.order_by("starts_at", "pk"))
    badges, chases = status_badges(visits), chases_of(visits)
    return [
        Unfinished(one, badges[one.pk], chases.get(one.pk))
        for one in visits
        if one.pk in chases or badges[one.pk] is NOT_SENT
    ]


def _when(instant: datetime, now: datetime) -> str:
    """ "today 09:14", "yesterday 16:02" or "on 21 November, 09:14", by the clinic's clock."""
    zone = ZoneInfo(settings.CLINIC_TIME_ZONE)
    local, today = instant.astimezone(zone), now.astimezone(zone).date()
    days = (today - local.date()).days
    if days <= 1:
        return f"{'yesterday' if days else 'today'} {local:%H:%M}"
    return f"on {local.day} {local:%B}, {local:%H:%M}"
