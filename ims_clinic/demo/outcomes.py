"""Scores that a patient gives in the course of treatment: own activities, and the change since."""

from decimal import Decimal

from clinical.outcome_measures import measures, score_items
from ims_clinic.demo.case import Case
from people.models import User
from sessions.outcomes import Taken, activities_for, clinic_day, record_score

EVERY, WORST, BEST = 2, 2, 9


def ask_how_it_goes(case: Case, number: int, by: User) -> None:
    """At every other visit the own activities, from the third on also the change since."""
    if number % EVERY:
        return
    activities = activities_for(case.patient, measures()["psfs"])
    relief = case.pain - case.pain_before(number)
    rated = [
        (activity, min(WORST + place + relief, BEST)) for place, activity in enumerate(activities)
    ]
    _record(case, "psfs", rated, by)
    if number:
        asked = measures()["groc_11"].scoring.question
        _record(case, "groc_11", [(asked, min(relief, 5))], by)


def _record(case: Case, name: str, answers: list[tuple[str, int]], by: User) -> None:
    if not answers:
        return
    measure = measures()[name]
    score: Decimal = score_items(measure, [value for _item, value in answers])
    taken = Taken(score, clinic_day(), tuple(answers))
    record_score(patient=case.patient, measure=measure, taken=taken, by=by)
