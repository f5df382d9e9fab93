from django.db import models

from audit.actor import current_actor
from audit.choices import Action
from audit.models import AuditEvent


def record(
    action: Action, subject: models.Model, *, patient_id: int | None, detail: str = ""
) -> None:
    """Write one audit line for an act or a read. Raises when it cannot: no line, no page."""
    AuditEvent.objects.create(
        actor=current_actor(),
        action=action,
        subject=subject._meta.db_table,
        subject_id=str(subject.pk or ""),
        patient_number=patient_id,
        detail=detail[:200],
    )
