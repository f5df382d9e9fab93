"""An alert that nobody opens goes to a second person, then to the clinic's phone list.

A sweep looks at every open alert each minute. A step and its messages are written together under
the alert's row lock, each step once an urgency: a worker that dies leaves all of it or nothing,
and the next sweep goes on.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from audit.choices import Action
from audit.services import record
from intake.models import IntakeAlert
from notifications.quiet_hours import is_quiet
from notifications.services import enqueue
from people.attention import holder_of, key_of
from people.choices import EscalationStage, Role
from people.links import public_address
from people.models import EscalationStep, FirstReading, PhoneListEntry, Practitioner, User
from scheduling.models import Availability, Location
from sessions.choices import AlertUrgency
from sessions.models import Alert

SUBJECT = "Something in the inbox has not been opened"
STAFF_BODY = (
    "Hello {name},\n\nsomething in the clinic's inbox has waited too long. Please open it now."
)
LIST_BODY = (
    "Hello {name},\n\nsomething in the inbox of {clinic} has waited too long and nobody has opened "
    "it. Please phone the clinic: {phone}."
)
NOBODY, NOBODY_ELSE = "everybody’s inbox", "there is nobody else to tell"
Stages = Mapping[str, datetime]


def open_alerts() -> list[tuple[QuerySet[IntakeAlert] | QuerySet[Alert], int, str]]:
    """Every open alert of both kinds as its rows, its id and the page that opens it."""
    kinds = ((IntakeAlert.objects.open(), "intake:alert"), (Alert.objects.open(), "sessions:alert"))
    return [
        (rows, pk, page)
        for rows, page in kinds
        for pk in rows.order_by("opened_at").values_list("pk", flat=True)
    ]


def next_stage(urgency: str, stages: Stages, now: datetime) -> EscalationStage | None:
    """The stage that is due ``now``; each waits as long as the one before it has lasted."""
    wait: timedelta = settings.ESCALATE_AFTER[urgency]
    for before, stage in (
        (EscalationStage.FIRST, EscalationStage.SECOND),
        (EscalationStage.SECOND, EscalationStage.PHONE_LIST),
    ):
        if stage not in stages:
            return stage if before in stages and now >= stages[before] + wait else None
    return None


@transaction.atomic
def escalate(
    *, rows: QuerySet[IntakeAlert] | QuerySet[Alert], pk: int, page: str, now: datetime
) -> EscalationStep | None:
    """Take the step that is due for one open alert; None when none is, or another worker has it.

    Tells the people of the step by mail without content and audits. Only an emergency is passed
    on in the quiet hours.
    """
    alert = rows.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if alert is None or _is_read(alert):
        return None
    stages = _stages(alert, now)
    stage = next_stage(alert.urgency, stages, now)
    is_held = alert.urgency != AlertUrgency.EMERGENCY and is_quiet(now, settings.CLINIC_TIME_ZONE)
    if stage is None or is_held:
        return None
    holder = holder_of(alert, _owner(alert))
    if stage == EscalationStage.SECOND:
        told = _tell_staff(second_people(holder, now), alert, page)
    else:
        told = _tell_phone_list() + _tell_staff(physiotherapists(), alert, page)
    return _note(alert, stage, told, now)


def _is_read(alert: IntakeAlert | Alert) -> bool:
    return FirstReading.objects.filter(**key_of(alert), urgency=alert.urgency).exists()


def _stages(alert: IntakeAlert | Alert, now: datetime) -> Stages:
    """When each stage of this urgency was; the first one is noted here.

    The clock of an alert that became graver starts when that is seen.
    """
    taken = list(EscalationStep.objects.filter(**key_of(alert)))
    stages = {step.stage: step.at for step in taken if step.urgency == alert.urgency}
    if EscalationStage.FIRST not in stages:
        began = now if taken else alert.opened_at
        holder = holder_of(alert, _owner(alert))
        told = [holder.full_name] if holder else [NOBODY]
        stages[EscalationStage.FIRST] = _note(alert, EscalationStage.FIRST, told, began).at
    return stages


def _note(
    alert: IntakeAlert | Alert, stage: EscalationStage, told: Iterable[str], at: datetime
) -> EscalationStep:
    names = ", ".join(dict.fromkeys(told)) or NOBODY_ELSE
    step = EscalationStep.objects.create(
        **key_of(alert), urgency=alert.urgency, stage=stage, told=names, at=at
    )
    record(Action.CREATE, step, patient_id=alert.patient_id, detail=stage.label)
    return step


def _owner(alert: IntakeAlert | Alert) -> User | None:
    if isinstance(alert, Alert):
        return alert.practitioner.user
    appointment = alert.intake.appointment
    return appointment.practitioner.user if appointment else None


def physiotherapists() -> QuerySet[User]:
    """Everybody who may open an alert."""
    return User.objects.filter(role=Role.PHYSIOTHERAPIST, is_active=True).order_by("full_name")


def second_people(holder: User | None, now: datetime) -> list[User]:
    """The holder's named cover, else all who are on duty today, else every other one there is."""
    named = Practitioner.objects.filter(user=holder, cover__user__is_active=True)
    cover = named.select_related("cover__user").first() if holder else None
    if cover is not None and cover.cover is not None:
        return [cover.cover.user]
    others = physiotherapists().exclude(pk=holder.pk) if holder else physiotherapists()
    today = timezone.localdate(now, ZoneInfo(settings.CLINIC_TIME_ZONE))
    working = Availability.objects.filter(weekday=today.weekday()).values("practitioner__user")
    return list(others.filter(pk__in=working)) or list(others)


def _tell_staff(people: Iterable[User], alert: IntakeAlert | Alert, page: str) -> list[str]:
    address = public_address(reverse(page, args=[alert.pk]))
    told = []
    for user in people:
        enqueue(
            address=user.email,
            recipient=user.full_name,
            subject=SUBJECT,
            body=STAFF_BODY.format(name=user.full_name),
            secret_link=address,
        )
        told.append(user.full_name)
    return told


def _tell_phone_list() -> list[str]:
    """Mail those of the list who have an address; the others are phoned from the alert's page."""
    clinic = Location.objects.order_by("pk").first()
    names = []
    for one in PhoneListEntry.objects.exclude(email=""):
        enqueue(
            address=one.email,
            recipient=one.name,
            subject=SUBJECT,
            body=LIST_BODY.format(
                name=one.name,
                clinic=clinic.name if clinic else "the clinic",
                phone=clinic.phone if clinic else "its usual number",
            ),
        )
        names.append(one.name)
    return names
