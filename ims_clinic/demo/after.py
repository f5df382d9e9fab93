"""After the needles: adverse events or none, and in some sessions the re-test."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from clinical.retest import TONE
from ims_clinic.demo.case import Case
from ims_clinic.demo.stage import minutes
from sessions.adverse import answer_none, close_event, record_event
from sessions.choices import AdverseGrade, AdverseOutcome
from sessions.models import TreatmentSession
from sessions.retest_page import PlaceShown, RetestPage
from sessions.retesting import AFTER, save_retest

RETESTED_ROOT, RETESTED_VISITS, NEIGHBOURS_TESTED = "C6", 2, 2
LET_GO = (2, 1, 1, 0)


@dataclass(frozen=True)
class Event:
    """What happened in the session of a reply; ``done`` closes it, empty while it is open."""

    kind: str
    action: str
    outcome: AdverseOutcome
    done: str = ""


# By what the patient ticks the day after.
EVENTS = {
    "bruising": Event("bleeding", "Pressed for three minutes.", AdverseOutcome.ONGOING),
    "tired_dizzy": Event(
        "faint",
        "Laid down, legs up, water. Well after ten minutes.",
        AdverseOutcome.RESOLVED,
        done="Called the next day: well. Treated lying down from now on.",
    ),
}


def look_after(case: Case, number: int, treatment: TreatmentSession) -> None:
    """Before signing: what went wrong, and how far the muscles let go."""
    ticks = case.replies[number].ticks if number in case.replies else ()
    events = [EVENTS[tick] for tick in ticks if tick in EVENTS]
    for event in events:
        _happen(event, treatment)
    if not events:
        answer_none(treatment=treatment)
    if case.story.root == RETESTED_ROOT and number < RETESTED_VISITS:
        _test_again(treatment)


def _happen(event: Event, treatment: TreatmentSession) -> None:
    user = treatment.practitioner.user
    recorded = record_event(
        treatment=treatment,
        by=user,
        kind=event.kind,
        grade=AdverseGrade.MILD,
        happened_at=timezone.now() - minutes(2),
        action_taken=event.action,
        outcome=event.outcome,
        is_patient_told=True,
    )
    if event.done:
        close_event(event=recorded, by=user, done=event.done, outcome=event.outcome)


def _test_again(treatment: TreatmentSession) -> None:
    """Tone of the needled muscles and of two others of the root: most let go, one does not."""
    places = RetestPage(treatment, list(treatment.muscles.all())).places
    needled = [one for one in places if one.place.is_needled]
    others = [one for one in places if not one.place.is_needled and not one.is_range]
    chosen = [*needled, *others[:NEIGHBOURS_TESTED]]
    for place, by in zip(chosen, LET_GO * len(chosen), strict=False):
        _let_go(treatment, place, by)


def _let_go(treatment: TreatmentSession, place: PlaceShown, by: int) -> None:
    before = place.lines[0].before.value
    if before is not None:
        value = max(Decimal(0), before - by)
        site, side = place.place.site, place.place.side
        save_retest(treatment=treatment, sign=TONE, site=site, side=side, **{AFTER: value})
