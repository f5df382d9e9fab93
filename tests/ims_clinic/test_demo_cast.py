"""Who comes when: on every weekday the demo finds room for everybody, and no time twice."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from ims_clinic.demo.case import Case
from ims_clinic.demo.cast import Casting
from ims_clinic.demo.diary import Diary
from ims_clinic.demo.fill import PATIENTS, SEED
from ims_clinic.demo.names import invented_people
from ims_clinic.demo.turns import with_turns

MONDAY = date(2026, 11, 23)
WEEK = [MONDAY + timedelta(days=number) for number in range(7)]


def cast_on(today: date) -> tuple[list[Case], int]:
    """The cases of that day and how many people are left on file only."""
    random = Random(SEED)
    until = datetime(today.year, today.month, today.day, 20, tzinfo=UTC)
    stage: Any = SimpleNamespace(random=random, agenda=SimpleNamespace(until=until))
    people = list(invented_people(random, PATIENTS, today))
    casting = Casting(stage, today, people, Diary(random))
    return with_turns(casting.everybody(), today), len(casting.people)


@pytest.mark.parametrize("today", WEEK, ids=lambda day: f"{day:%A}")
def test_today_is_dense_and_no_time_is_given_twice(today: date) -> None:
    cases, on_file = cast_on(today)
    slots = [slot for case in cases for slot in case.slots]
    assert len(set(slots)) == len(slots)
    assert 20 <= sum(slot.day == today for slot in slots) <= 30
    assert len(cases) + on_file == PATIENTS


@pytest.mark.parametrize("today", WEEK, ids=lambda day: f"{day:%A}")
def test_every_day_has_open_and_closed_alerts_and_something_to_sign(today: date) -> None:
    cases, _on_file = cast_on(today)
    actions = [reply.action for case in cases for reply in case.replies.values()]
    assert actions.count("") == 3
    assert len(actions) == 7
    assert sum(bool(case.unsigned) for case in cases) == 1


def test_the_same_day_gives_the_same_clinic() -> None:
    first, again = cast_on(MONDAY)[0], cast_on(MONDAY)[0]
    assert [(case.person, case.slots) for case in first] == [
        (case.person, case.slots) for case in again
    ]
