"""The plan of care of a problem: begun in a session, joined by those after it, closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone

from assessment.models import Assessment
from audit.choices import Action
from audit.services import record
from clinical.care_course import CareCourse
from people.models import Patient, User
from sessions.drafts import locked_session
from sessions.models import CarePlan, PlannedSession, TreatmentSession

NUMBERS = ("sessions_proposed", "number_reason", "reassess_every", "interval_days")


@transaction.atomic
def start_plan(*, treatment: TreatmentSession, problem: str, by: User, **numbers: Any) -> CarePlan:
    """Begin a plan for a problem with this session as its first; audits.

    Raises AlreadySigned, and ValidationError where the problem has an open plan or no name.
    """
    locked = locked_session(treatment)
    plan = CarePlan(
        patient_id=locked.patient_id,
        problem=problem.strip(),
        started_on=_day(locked.started_at),
        by=by,
        **_numbers(numbers),
    )
    plan.full_clean()
    plan.save()
    record(Action.CREATE, plan, patient_id=plan.patient_id)
    join_plan(treatment=locked, plan=plan)
    return plan


def _numbers(given: dict[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(given) - set(NUMBERS))
    if unknown:
        raise TypeError(f"Not a number of a plan: {', '.join(unknown)}")
    return given


@transaction.atomic
def join_plan(*, treatment: TreatmentSession, plan: CarePlan) -> PlannedSession:
    """Count this session in the plan, with its numbers of now; it leaves another plan.

    Raises AlreadySigned, and ValueError for a plan of another patient.
    """
    locked = locked_session(treatment)
    if plan.patient_id != locked.patient_id:
        raise ValueError("The plan belongs to another patient.")
    numbers = CarePlan.objects.values(*NUMBERS).get(pk=plan.pk)
    row, _is_new = PlannedSession.objects.update_or_create(
        treatment=locked, defaults={"plan": plan, **numbers}
    )
    return row


@transaction.atomic
def join_only_plan(treatment: TreatmentSession) -> None:
    """Count a new session in the patient's plan, where exactly one is open."""
    plans = list(CarePlan.objects.open().filter(patient=treatment.patient_id)[:2])
    if len(plans) == 1:
        join_plan(treatment=treatment, plan=plans[0])


@transaction.atomic
def leave_plan(*, treatment: TreatmentSession) -> None:
    """Count this session in no plan. Raises AlreadySigned."""
    locked = locked_session(treatment)
    PlannedSession.objects.filter(treatment=locked).delete()


@transaction.atomic
def change_plan(*, planned: PlannedSession, **numbers: Any) -> PlannedSession:
    """Change the numbers given, of the plan and of this session; signed sessions keep theirs.

    Audits. Raises AlreadySigned and ValidationError.
    """
    _numbers(numbers)
    locked_session(planned.treatment)
    row = PlannedSession.objects.select_for_update().get(pk=planned.pk)
    plan = CarePlan.objects.select_for_update().get(pk=row.plan_id)
    for one in (row, plan):
        for name, value in numbers.items():
            setattr(one, name, value)
        one.clean_fields(exclude={f.name for f in one._meta.fields} - set(numbers))
        one.save(update_fields=list(numbers))
    record(Action.CHANGE, plan, patient_id=plan.patient_id, detail=", ".join(numbers))
    return row


@transaction.atomic
def close_plan(*, plan: CarePlan) -> CarePlan:
    """The problem is treated: no further session joins by itself; audits."""
    return _set_end(plan, _day(timezone.now()), "closed")


@transaction.atomic
def reopen_plan(*, plan: CarePlan) -> CarePlan:
    """Take the closing back; audits. Raises ValidationError where a new plan has its problem."""
    return _set_end(plan, None, "opened again")


def _set_end(plan: CarePlan, ended_on: date | None, detail: str) -> CarePlan:
    locked = CarePlan.objects.select_for_update().get(pk=plan.pk)
    locked.ended_on = ended_on
    locked.full_clean()
    locked.save(update_fields=["ended_on"])
    record(Action.CHANGE, locked, patient_id=locked.patient_id, detail=detail)
    return locked


def _day(instant: datetime) -> date:
    return timezone.localdate(instant, ZoneInfo(settings.CLINIC_TIME_ZONE))


@dataclass(frozen=True)
class PlanShown:
    """A plan and where its course stands; no course before its first session."""

    plan: CarePlan
    course: CareCourse | None


def _with_sessions(plans: QuerySet[CarePlan]) -> QuerySet[CarePlan]:
    signed = Assessment.objects.filter(patient=OuterRef("patient"), signed_at__isnull=False)
    sessions = PlannedSession.objects.select_related("treatment")
    return plans.annotate(
        assessed_at=Subquery(signed.order_by("-signed_at").values("signed_at")[:1])
    ).prefetch_related(Prefetch("sessions", sessions))


def open_plans(patient: Patient) -> list[PlanShown]:
    """The open plans as of their newest session; two queries."""
    return [
        _shown(plan) for plan in _with_sessions(CarePlan.objects.open().filter(patient=patient))
    ]


def _shown(plan: CarePlan) -> PlanShown:
    rows = list(plan.sessions.all())
    if not rows:
        return PlanShown(plan, None)
    return PlanShown(plan, course_in(rows[-1], rows, getattr(plan, "assessed_at", None)))


def course_of(planned: PlannedSession) -> CareCourse:
    """A session's place in its plan; what was assessed after its signature does not count."""
    treatment = planned.treatment
    until = treatment.signed_at or timezone.now()
    signed = Assessment.objects.filter(patient=treatment.patient_id, signed_at__lte=until)
    newest = signed.order_by("-signed_at").values_list("signed_at", flat=True).first()
    rows = PlannedSession.objects.filter(plan=planned.plan_id).select_related("treatment")
    return course_in(planned, rows, newest)


def course_in(
    planned: PlannedSession, rows: Iterable[PlannedSession], assessed_at: datetime | None
) -> CareCourse:
    """A session's place among the rows of its plan, with the newest assessment that counts."""
    starts = [row.treatment.started_at for row in rows]
    return CareCourse(
        number=sum(start <= planned.treatment.started_at for start in starts),
        proposed=planned.sessions_proposed,
        reassess_every=planned.reassess_every,
        assessed_after=sum(assessed_at is not None and start < assessed_at for start in starts),
    )
