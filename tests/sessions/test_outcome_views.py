"""The pages of the outcome measures, as the physiotherapist fills them in."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit.choices import Action
from audit.models import AuditEvent
from clinical.outcome_measures import measures
from people.models import Patient, Practitioner
from sessions.models import OutcomeScore
from sessions.outcomes import Taken, clinic_day, record_score
from tests.factories import make_practitioner

RMDQ = {"ticks": ["0", "4"]}
PHQ = {f"item_{n}": "1" for n in range(4)}
PSFS = {"activity_0": "Lift my child", "value_0": "3", "activity_1": "Drive", "value_1": "4"}
NDI = {f"item_{n}": "2" for n in range(9)}


def address(patient: Patient, name: str) -> str:
    return reverse("sessions:record-outcome", args=[patient.pk, name])


def sent(client: Client, patient: Patient, name: str, data: Mapping[str, Any]) -> Any:
    return client.post(address(patient, name), {"taken_on": clinic_day(), **data})


@pytest.mark.parametrize(
    ("name", "data", "score"),
    [
        ("nprs", {"value": "7"}, "7"),
        ("groc_11", {"value": "-2"}, "-2"),
        ("pgic", {"value": "2"}, "2"),
        ("rmdq", RMDQ, "2"),
        ("rmdq", {"none": "on"}, "0"),
        ("phq2_gad2", PHQ, "4"),
        ("psfs", PSFS, "3.5"),
        ("odi", {"total": "42"}, "42"),
        ("dash", {"total": "33.33"}, "33.33"),
    ],
)
def test_a_measure_is_filled_in_and_its_score_stored(
    name: str, data: Mapping[str, Any], score: str, physio: Client, patient: Patient
) -> None:
    assert sent(physio, patient, name, data).status_code == 302
    assert OutcomeScore.objects.get().score == Decimal(score)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("nprs", {}, "Choose an answer."),
        ("nprs", {"value": "11"}, "Choose an answer of the list."),
        ("rmdq", {}, "Tick the sentences"),
        ("rmdq", RMDQ | {"none": "on"}, "Tick the sentences"),
        ("phq2_gad2", {"item_0": "1"}, "All four items are needed."),
        ("psfs", {}, "Every activity named needs its rating"),
        ("psfs", PSFS | {"value_1": ""}, "Every activity named needs its rating"),
        ("psfs", PSFS | {"activity_1": ""}, "Name the activity of each rating."),
        ("psfs", PSFS | {"activity_1": "lift my CHILD"}, "Name each activity once."),
        ("odi", {"total": "101"}, "The score is from 0 to 100."),
        ("odi", {"total": "many"}, "Enter a number."),
        ("odi", {}, "Enter the total."),
        ("nprs", {"value": "3", "taken_on": "2199-01-01"}, "The day is still to come."),
        ("nprs", {"value": "3", "taken_on": ""}, "Enter the day."),
    ],
)
def test_what_gives_no_score_is_refused_in_words(
    name: str, data: Mapping[str, Any], said: str, physio: Client, patient: Patient
) -> None:
    answer = sent(physio, patient, name, data)
    assert said in answer.content.decode()
    assert not OutcomeScore.objects.exists()


def test_own_activities_of_last_time_stand_in_the_form(physio: Client, patient: Patient) -> None:
    sent(physio, patient, "psfs", PSFS)
    page = physio.get(address(patient, "psfs")).content.decode()
    assert 'value="Lift my child"' in page
    assert "checked" not in page


def test_without_a_licence_only_the_total_is_asked_with_one_the_sections_too(
    physio: Client, patient: Patient, settings: Any
) -> None:
    assert 'name="total"' in physio.get(address(patient, "ndi")).content.decode()
    settings.LICENSED_MEASURES = ["ndi"]
    assert "Section 10" in physio.get(address(patient, "ndi")).content.decode()
    sent(physio, patient, "ndi", NDI)
    assert OutcomeScore.objects.get().score == 20


def test_the_page_names_the_licence_and_puts_measures_in_use_first(
    physio: Client, patient: Patient
) -> None:
    sent(physio, patient, "odi", {"total": "42"})
    page = physio.get(reverse("sessions:outcomes", args=[patient.pk])).content.decode()
    assert page.index("In use with this patient") < page.index("Complete, with their questions")
    assert "Under licence: fill in" in page
    assert AuditEvent.objects.filter(action=Action.VIEW, detail="outcome scores").count() == 1


def test_a_score_is_corrected_with_a_reason(physio: Client, patient: Patient) -> None:
    sent(physio, patient, "psfs", PSFS)
    score = OutcomeScore.objects.get()
    correct = reverse("sessions:correct-outcome", args=[score.pk])
    assert "checked" in physio.get(correct).content.decode()
    day = {"taken_on": clinic_day()}
    refused = physio.post(correct, {**day, **PSFS, "value_1": "9"})
    assert "Write why the score is corrected." in refused.content.decode()
    physio.post(correct, {**day, **PSFS, "value_1": "9", "reason": "misheard"})
    assert OutcomeScore.objects.current().get().score == 6
    assert physio.get(correct).status_code == 404


def test_a_score_is_taken_out_whatever_the_form_says(physio: Client, patient: Patient) -> None:
    sent(physio, patient, "nprs", {"value": "7"})
    score = OutcomeScore.objects.get()
    correct = reverse("sessions:correct-outcome", args=[score.pk])
    physio.post(correct, {"reason": "another patient's", "take_out": "on"})
    assert not OutcomeScore.objects.current().exists()


@pytest.mark.parametrize("name", list(measures()))
def test_every_measure_has_its_page(name: str, physio: Client, patient: Patient) -> None:
    assert physio.get(address(patient, name)).status_code == 200


def test_an_unknown_measure_is_no_page(physio: Client, patient: Patient) -> None:
    assert physio.get(address(patient, "nobody")).status_code == 404


def test_the_page_asks_the_same_questions_whatever_the_number_of_scores(
    physio: Client, patient: Patient, practitioner: Practitioner, django_assert_num_queries: Any
) -> None:
    page = reverse("sessions:outcomes", args=[patient.pk])
    physio.get(page)

    def take(by: Practitioner) -> None:
        taken = Taken(Decimal(5), clinic_day())
        record_score(patient=patient, measure=measures()["nprs"], taken=taken, by=by.user)

    take(practitioner)
    with django_assert_num_queries(7) as asked:
        physio.get(page)
    for _ in range(2):
        take(make_practitioner())
    with django_assert_num_queries(len(asked)):
        physio.get(page)
