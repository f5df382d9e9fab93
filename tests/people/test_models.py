from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from people.models import Patient, new_record_number, searchable
from tests.factories import make_patient, make_practitioner, make_user


@given(st.text(max_size=40))
def test_search_text_is_lower_case_and_stays_as_it_is_when_made_again(text: str) -> None:
    once = searchable(text)
    assert searchable(once) == once


def test_accents_do_not_matter_in_search() -> None:
    assert searchable("Zoë", "Müller") == "zoe muller"


def test_a_record_number_has_no_characters_that_can_be_misread() -> None:
    numbers = {new_record_number() for _ in range(200)}
    assert len(numbers) > 190
    assert not set("".join(numbers)) & set("01OIL")


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["zoe", "MULLER", "mul zo", "0188", "1980-05-17", "604 555"])
def test_a_patient_is_found_by_any_part(words: str) -> None:
    wanted = make_patient(given_name="Zoë", family_name="Müller", phone="604 555 0188")
    make_patient(
        given_name="Other", family_name="Person", phone="250 111", born_on=date(1999, 1, 2)
    )
    assert list(Patient.objects.matching(words)) == [wanted]


@pytest.mark.django_db
def test_a_patient_must_be_reachable() -> None:
    with pytest.raises(IntegrityError):
        make_patient(phone="", email="")


@pytest.mark.parametrize(
    ("day", "age"), [(date(2026, 5, 16), 45), (date(2026, 5, 17), 46), (date(2026, 5, 18), 46)]
)
def test_age_counts_completed_years(day: date, age: int) -> None:
    assert Patient(born_on=date(1980, 5, 17)).age_on(day) == age


@pytest.mark.django_db
def test_an_authorisation_to_needle_ends_after_its_last_day() -> None:
    today = date(2026, 11, 24)
    practitioner = make_practitioner(needling_until=today)
    assert practitioner.may_needle(today)
    assert not practitioner.may_needle(today + timedelta(days=1))
    practitioner.needling_until = None
    assert not practitioner.may_needle(today)


@pytest.mark.django_db
def test_initials_take_the_first_and_the_last_word() -> None:
    assert make_user(full_name="Mara de la Cruz Lindqvist").initials == "ML"
    assert make_user(full_name="Cher").initials == "C"
