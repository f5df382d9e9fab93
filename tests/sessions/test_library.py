import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from audit.models import AuditEvent
from clinical.exercises import starter_exercises
from people.models import Practitioner
from sessions.choices import Figure
from sessions.library import (
    add_starters,
    bring_back_exercise,
    matching,
    retire_exercise,
    save_exercise,
)
from sessions.models import Exercise
from tests.factories import make_exercise


def test_new_words_make_a_new_version_and_a_new_dose_does_not(practitioner: Practitioner) -> None:
    one = make_exercise(by=practitioner.user)
    one.sets = 3
    assert save_exercise(exercise=one, by=practitioner.user).version == 1
    one.instructions = "Lower more slowly."
    assert save_exercise(exercise=one, by=practitioner.user).version == 2
    acts = AuditEvent.objects.filter(subject="treatment_sessions_exercise", actor__gt="")
    assert "change" in set(acts.values_list("action", flat=True))


def test_a_retired_exercise_is_not_offered_and_comes_back(practitioner: Practitioner) -> None:
    one = make_exercise(by=practitioner.user)
    retire_exercise(exercise=one, by=practitioner.user)
    assert not Exercise.objects.active().exists()
    bring_back_exercise(exercise=one, by=practitioner.user)
    assert Exercise.objects.active().get() == one


def test_two_exercises_on_offer_never_share_a_name(practitioner: Practitioner) -> None:
    one = make_exercise(name="Heel raises", by=practitioner.user)
    with pytest.raises(ValidationError, match="in the library already"):
        make_exercise(name="Heel raises", by=practitioner.user)
    retire_exercise(exercise=one, by=practitioner.user)
    make_exercise(name="Heel raises", by=practitioner.user)
    with pytest.raises(ValidationError, match="in the library already"):
        bring_back_exercise(exercise=one, by=practitioner.user)


def test_the_starters_come_once(practitioner: Practitioner) -> None:
    make_exercise(name="Bridge", by=practitioner.user)
    added = add_starters(by=practitioner.user)
    assert len(added) == len(starter_exercises()) - 1
    retire_exercise(exercise=added[0], by=practitioner.user)
    assert add_starters(by=practitioner.user) == []


def test_every_starter_has_a_drawing_that_exists_or_none() -> None:
    assert {one.figure for one in starter_exercises()} <= {*Figure.values, ""}


def test_the_search_finds_names_words_and_muscles(practitioner: Practitioner) -> None:
    calf = make_exercise(name="Calf stretch", muscles=["soleus"], by=practitioner.user)
    raises = make_exercise(name="Heel raises", instructions="Works the calf.", by=practitioner.user)
    both = [raises, calf]
    assert matching("calf", both) == [calf, raises]
    assert matching("SOLEUS stretch", both) == [calf]
    assert matching("deltoid", both) == []


@pytest.mark.parametrize("field", ["sets", "repetitions", "times_a_day"])
def test_the_database_refuses_an_empty_dose(practitioner: Practitioner, field: str) -> None:
    one = make_exercise(by=practitioner.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Exercise.objects.filter(pk=one.pk).update(**{field: 0})
