"""The re-test of a session: what is tested again, its acts and its reads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from assessment.models import Assessment
from clinical.grades import check_value
from clinical.reference import reference
from clinical.retest import PALPATED, RANGE, Graded, Retested, Tally, neighbours, ranges, tally
from clinical.segments import FindingError
from clinical.vocabulary import Side
from people.models import Patient
from sessions.drafts import locked_session
from sessions.models import NeedledMuscle, Retest, TreatmentSession

BEFORE, AFTER = "before", "after"
Key = tuple[str, str, str]  # sign, site and side


@dataclass(frozen=True)
class RetestPlace:
    """A muscle or a movement on one side that is tested again."""

    site: str
    side: str
    root: str
    is_needled: bool
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Examined:
    """What the session's assessment found of the signs that are tested again, and its day."""

    values: Graded
    day: date | None


NOTHING_EXAMINED = Examined({}, None)


@dataclass(frozen=True)
class SessionChange:
    """How tone and tenderness changed in one signed session; counts of what was tested twice."""

    treatment_id: int
    started_at: datetime
    needled: Mapping[str, Tally]
    not_needled: Mapping[str, Tally]


def examined(treatment: TreatmentSession) -> Examined:
    """The findings of the session's assessment; one query."""
    return examined_in(treatment.assessment) if treatment.assessment else NOTHING_EXAMINED


def examined_in(assessment: Assessment) -> Examined:
    """Tone, tenderness and range of an assessment, with the day it was begun on."""
    rows = assessment.findings.filter(sign__in=(*PALPATED, RANGE))
    values = {(row.sign, row.site, Side(row.side)): row.value for row in rows}
    zone = ZoneInfo(settings.CLINIC_TIME_ZONE)
    return Examined(values, timezone.localdate(assessment.created_at, zone))


def places(
    needled: Sequence[NeedledMuscle], held: Iterable[Retest], found: Examined
) -> list[RetestPlace]:
    """Needled muscles, neighbours of their roots, ranges; and whatever holds a value already."""
    roots = {(row.muscle, Side(row.side)): row.segment for row in needled}
    listed = [
        RetestPlace(muscle, side, root, True, PALPATED) for (muscle, side), root in roots.items()
    ]
    listed += [
        RetestPlace(one.muscle, one.side, one.root, False, PALPATED)
        for one in neighbours(roots, found.values)
    ]
    listed += [
        RetestPlace(site, side, "", False, (RANGE,))
        for site, side in ranges((side for _muscle, side in roots), found.values)
    ]
    known = {(one.site, one.side) for one in listed}
    left = [one for one in held if (one.site, one.side) not in known]
    for one in {(one.site, one.side): one for one in left}.values():
        signs = (RANGE,) if one.sign == RANGE else PALPATED
        listed.append(RetestPlace(one.site, one.side, one.root, False, signs))
    return sorted(listed, key=_kind)


def _kind(place: RetestPlace) -> tuple[bool, bool]:
    """Needled muscles first, movements last; the order within stays."""
    return place.signs == (RANGE,), not place.is_needled


def tested(held: Iterable[Retest], needled: Iterable[NeedledMuscle]) -> list[Retested]:
    """What was tested again, as the rules take it."""
    done = {(row.muscle, row.side) for row in needled}
    return [
        Retested(one.sign, (one.site, one.side) in done, one.root, one.before, one.after)
        for one in held
        if one.after is not None
    ]


@transaction.atomic
def save_retest(
    *, treatment: TreatmentSession, sign: str, site: str, side: str, **values: Decimal | None
) -> Retest | None:
    """Save the value ``before`` or ``after``; None is not tested. Row history keeps the rest.

    The first value brings the one of the session's assessment along as the value before. A row
    in which nothing was entered is removed. Raises AlreadySigned, and ValidationError for a value
    off the scale or a place that is not tested again here.
    """
    locked = locked_session(treatment)
    found = examined(locked)
    held = list(locked.retests.all())
    listed = places(list(locked.muscles.all()), held, found)
    place = next((one for one in listed if (one.site, one.side) == (site, side)), None)
    if place is None or sign not in place.signs:
        raise ValidationError("This is not among what is tested again. Load the page again.")
    for value in values.values():
        _check(sign, site, side, value)
    at_place = (one for one in held if (one.sign, one.site, one.side) == (sign, site, side))
    row = next(at_place, None) or _new_row(locked, sign, place, found)
    row.root = place.root
    if BEFORE in values and values[BEFORE] != row.before:
        row.before, row.before_on = values[BEFORE], None
    if AFTER in values:
        row.after = values[AFTER]
    return _kept(row)


def _kept(row: Retest) -> Retest | None:
    is_told = row.before is not None and row.before_on is None
    if row.after is None and not is_told:
        if row.pk:
            row.delete()
        return None
    row.full_clean()
    row.save()
    return row


def _new_row(treatment: TreatmentSession, sign: str, place: RetestPlace, found: Examined) -> Retest:
    before = found.values.get((sign, place.site, Side(place.side)))
    return Retest(
        treatment=treatment,
        sign=sign,
        site=place.site,
        side=place.side,
        before=before,
        before_on=found.day if before is not None else None,
    )


def _check(sign: str, site: str, side: str, value: Decimal | None) -> None:
    try:
        check_value(sign, site, Side(side), value, is_pain_inhibited=False, reference=reference())
    except FindingError as error:
        raise ValidationError(str(error)) from error


def changes_of(patient: Patient, *, side: str = "") -> list[SessionChange]:
    """Each signed session that was tested again, oldest first; three queries.

    ``side`` narrows what is counted; a session in which nothing of it was tested stays.
    """
    signed = TreatmentSession.objects.filter(patient=patient, signed_at__isnull=False)
    retested = signed.filter(retests__isnull=False).distinct().order_by("started_at")
    return [_change(one, side) for one in retested.prefetch_related("retests", "muscles")]


def _change(treatment: TreatmentSession, side: str) -> SessionChange:
    held = [one for one in treatment.retests.all() if side in ("", one.side)]
    every = tested(held, treatment.muscles.all())
    return SessionChange(
        treatment.pk,
        treatment.started_at,
        {sign: tally((one for one in every if one.is_needled), sign) for sign in PALPATED},
        {sign: tally((one for one in every if not one.is_needled), sign) for sign in PALPATED},
    )
