"""The kinds of things that wait in the inbox and can be taken over, by their word in addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from assessment.models import Assessment
from intake.models import Intake, IntakeAlert
from intake.red_flags import OF_THE_VISIT
from intake.review import today
from people.attention import holder_of, owner_in
from people.models import Patient, User
from sessions.inbox import TREATING
from sessions.models import Alert, CoSignature, TreatmentSession


@dataclass(frozen=True)
class Kind:
    """What it is called, which rows still wait, whose they are, and the page of one."""

    words: str
    rows: Callable[[], QuerySet[Any]]
    owner: str
    page: str
    page_key: str = "pk"


@dataclass(frozen=True)
class Waiting:
    """One thing that waits, with whose it is now."""

    kind: Kind
    pk: int
    patient: Patient
    holder: User | None
    page_pk: int


KINDS = {
    "red-flag": Kind("red flag", IntakeAlert.objects.open, OF_THE_VISIT, "intake:alert"),
    "alert": Kind("alert", Alert.objects.open, TREATING, "sessions:alert"),
    "session": Kind(
        "unsigned session",
        lambda: TreatmentSession.objects.filter(signed_at=None),
        TREATING,
        "sessions:detail",
    ),
    "assessment": Kind(
        "unsigned assessment",
        lambda: Assessment.objects.filter(signed_at=None),
        TREATING,
        "assessment:detail",
    ),
    "intake": Kind(
        "intake to review",
        lambda: Intake.objects.waiting_for_review(today()),
        "appointment__practitioner__user",
        "intake:review",
    ),
    "co-signature": Kind(
        "co-signature", CoSignature.objects.waiting, "asked_of", "sessions:detail", "treatment_id"
    ),
}


def waiting(word: str, pk: int) -> Waiting | None:
    """What waits under this word and id; None when it does not, or does not wait any more."""
    kind = KINDS.get(word)
    row = kind.rows().filter(pk=pk).first() if kind else None
    if kind is None or row is None:
        return None
    owner = owner_in(kind.rows(), pk, kind.owner)
    patient = row.treatment.patient if isinstance(row, CoSignature) else row.patient
    return Waiting(kind, pk, patient, holder_of(row, owner), getattr(row, kind.page_key))
