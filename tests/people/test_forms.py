from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from people.forms import PatientForm, ShortPatientForm
from tests.factories import make_patient

pytestmark = pytest.mark.django_db
GOOD = {
    "given_name": "Dana",
    "family_name": "Whitlock",
    "born_on": "17 May 1980",
    "phone": "604 555 0188",
    "email": "",
}


def short(**changed: Any) -> ShortPatientForm:
    return ShortPatientForm({**GOOD, **changed})


def errors(form: PatientForm) -> dict[str, list[str]]:
    return {name: [str(one) for one in found] for name, found in form.errors.items()}


def test_a_complete_form_is_a_patient() -> None:
    form = short()
    assert form.is_valid(), form.errors
    assert form.save(commit=False).born_on == date(1980, 5, 17)


def test_every_slip_names_its_field_and_the_mend() -> None:
    form = short(given_name="", family_name=" ", born_on="", phone="12", email="nobody")
    assert errors(form) == {
        "given_name": ["Enter the first name."],
        "family_name": ["Enter the last name."],
        "born_on": ["Enter the date of birth."],
        "phone": ["Enter the phone number with at least 7 digits, as 604 555 0123."],
        "email": ["Enter an e-mail address like name@example.com."],
    }


def test_a_patient_without_phone_and_e_mail_is_refused() -> None:
    assert errors(short(phone="")) == {"__all__": ["Give a phone number or an e-mail address."]}


def test_a_date_that_can_be_read_two_ways_is_asked_again() -> None:
    found = errors(short(born_on="05/06/1980"))["born_on"]
    sentence = (
        "“05/06/1980” can mean 6 May 1980 or 5 June 1980. "
        "Write the date of birth as year-month-day, for example 1980-05-17."
    )
    assert found == [sentence]


def test_a_date_that_cannot_be_read_says_how_to_write_it() -> None:
    found = errors(short(born_on="yesterday"))["born_on"]
    assert found == ["Write the date of birth as year-month-day, for example 1980-05-17."]


@pytest.mark.parametrize("days", [2, -365 * 130])
def test_nobody_is_born_tomorrow_or_before_121_years(days: int) -> None:
    day = timezone.localdate() + timedelta(days=days)
    assert "cannot be right" in errors(short(born_on=day.isoformat()))["born_on"][0]


def test_a_likely_duplicate_is_shown_before_it_is_made() -> None:
    known = make_patient(given_name="Dana", family_name="Whitlock", born_on=date(1980, 5, 17))
    form = short()
    assert not form.is_valid()
    assert [one.patient for one in form.lookalikes] == [known]
    assert short(is_new="1").is_valid()


def test_changing_a_patient_is_not_compared_with_others() -> None:
    twin = make_patient(given_name="Dana", family_name="Whitlock", born_on=date(1980, 5, 17))
    other = make_patient(given_name="Dana", family_name="Whitlock", born_on=date(1980, 5, 17))
    form = PatientForm({**GOOD, "sex_recorded": "unknown"}, instance=other)
    assert form.is_valid(), (form.errors, twin)


def test_the_date_of_birth_is_shown_as_it_should_be_written() -> None:
    form = PatientForm(instance=make_patient(born_on=date(1980, 5, 17)))
    assert 'value="1980-05-17"' in str(form["born_on"])
