"""The intake links of a patient as the desk sees them: open or not, and what can be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from intake.models import Intake
from intake.services import FINISHED
from people.links import OPEN_AFTER_START
from people.models import Patient
from scheduling.models import Appointment


@dataclass(frozen=True)
class DeskLink:
    """The intake link of one appointment; nothing clinical."""

    appointment: Appointment
    intake: Intake | None
    now: datetime

    @property
    def is_complete(self) -> bool:
        return self.intake is not None and self.intake.status in FINISHED

    @property
    def is_open(self) -> bool:
        """True while a link was given out that has not ended; a locked one is to be unlocked."""
        link = self.intake.link if self.intake else None
        return link is not None and link.is_open(self.now) and not self.is_complete

    @property
    def is_locked(self) -> bool:
        link = self.intake.link if self.intake else None
        return link is not None and link.is_locked and self.is_open

    @property
    def was_given(self) -> bool:
        """True when a link was sent or shown before, also one that is closed by now."""
        return self.intake is not None and self.intake.link_id is not None

    @property
    def can_give(self) -> bool:
        """True while a new link would open the form."""
        is_due = self.appointment.starts_at + OPEN_AFTER_START > self.now
        return is_due and self.appointment.is_active and not self.is_complete


def desk_links(patient: Patient) -> list[DeskLink]:
    """One for each appointment to come that has or needs an intake, soonest first; two queries."""
    now = timezone.now()
    to_come = Appointment.objects.active().filter(
        patient=patient, starts_at__gt=now - OPEN_AFTER_START
    )
    return _links(to_come.select_related("appointment_type", "patient").order_by("starts_at"), now)


def desk_link(appointment: Appointment) -> DeskLink | None:
    """The same for one appointment; None when it has no intake and needs none."""
    one = Appointment.objects.filter(pk=appointment.pk).select_related(
        "appointment_type", "patient"
    )
    return next(iter(_links(one, timezone.now())), None)


def _links(appointments: Iterable[Appointment], now: datetime) -> list[DeskLink]:
    wanted = list(appointments)
    rows = Intake.objects.filter(appointment__in=wanted).select_related("link").order_by("id")
    newest = {row.appointment_id: row for row in rows}
    found = [DeskLink(one, newest.get(one.pk), now) for one in wanted]
    return [one for one in found if one.intake or one.appointment.appointment_type.needs_intake]
