import pytest
from django.core.exceptions import ValidationError

from sessions.advice import repeat_advice, tick_advice, tick_all_advice
from sessions.models import TreatmentSession
from sessions.needling import save_details
from tests.sessions.conftest import finish

ALL = ["soreness", "heat", "activity", "warning_signs"]


def told(treatment: TreatmentSession) -> list[str]:
    return list(treatment.advice_given.values_list("advice", flat=True))


def test_advice_is_ticked_in_its_words_and_taken_back(treatment: TreatmentSession) -> None:
    for _ in range(2):
        tick_advice(treatment=treatment, advice="heat", is_told=True)
    assert treatment.advice_given.get().words.startswith("Heat: Heat or ice")
    tick_advice(treatment=treatment, advice="heat", is_told=False)
    assert told(treatment) == []


def test_all_is_ticked_at_once_and_an_unknown_piece_is_refused(
    treatment: TreatmentSession,
) -> None:
    tick_advice(treatment=treatment, advice="activity", is_told=True)
    tick_all_advice(treatment=treatment)
    assert sorted(told(treatment)) == sorted(ALL)
    with pytest.raises(ValidationError, match="Choose an advice of the list"):
        tick_advice(treatment=treatment, advice="drink", is_told=True)


def test_the_advice_of_last_time_comes_again(treatment: TreatmentSession) -> None:
    repeat_advice(treatment=treatment)
    assert told(treatment) == []
    tick_advice(treatment=treatment, advice="heat", is_told=True)
    save_details(treatment=treatment, advice="Drink water.")
    signed = finish(treatment)
    again = TreatmentSession.objects.create(
        patient=signed.patient, practitioner=signed.practitioner, consent=signed.consent
    )
    repeat_advice(treatment=again)
    again.refresh_from_db()
    assert (told(again), again.advice) == (["heat"], "Drink water.")
