"""The intake of an appointment and a fresh link to it: for a message, a QR code or a tablet."""

from django.db import transaction

from audit.choices import Action
from audit.services import record
from intake.form_record import current_form
from intake.models import Intake
from people.choices import LinkPurpose
from people.links import about, end_with_visit, make_link
from scheduling.models import Appointment


def intake_for(appointment: Appointment) -> Intake:
    """The intake of the appointment, created in today's form when there is none."""
    held = Intake.objects.filter(appointment=appointment, patient=appointment.patient).first()
    return held or Intake.objects.create(
        appointment=appointment, patient=appointment.patient, form=current_form()
    )


@transaction.atomic
def give_link(*, appointment: Appointment, how: str) -> str:
    """Make the intake and a link that is handed over on the spot; returns its token.

    Closes the link given before. One audit line, which says ``how``.
    """
    intake = intake_for(appointment)
    token = renew_link(intake, appointment)
    record(Action.SEND, intake, patient_id=intake.patient_id, detail=how)
    return token


@transaction.atomic
def renew_link(intake: Intake, appointment: Appointment) -> str:
    """Give the intake a new link and return its token; the link of the appointment before closes.

    The answers stay, and the browser that started may still read them. The caller audits.
    """
    intake.link, token = make_link(
        appointment.patient,
        LinkPurpose.INTAKE,
        expires_at=end_with_visit(appointment.starts_at),
        about=about(appointment),
    )
    intake.save(update_fields=["link"])
    return token
