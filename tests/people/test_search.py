from datetime import date
from typing import Any

import pytest

from people.models import Patient
from people.search import find_patients, is_similar, lookalikes, names_in
from tests.factories import make_patient


def names(text: str) -> list[str]:
    return [one.full_name for one in find_patients(text)]


@pytest.fixture
def three(db: None) -> None:
    make_patient(
        given_name="Dana", family_name="Whitlock", phone="604 555 0188", born_on=date(1980, 5, 17)
    )
    make_patient(
        given_name="Aidan", family_name="Li", phone="250 555 7777", born_on=date(1999, 6, 5)
    )
    make_patient(
        given_name="Zoë", family_name="Lindqvist", phone="778 111 2222", born_on=date(1960, 5, 6)
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("whit", ["Dana Whitlock"]),
        ("LOCK dan", ["Dana Whitlock"]),
        ("zoe", ["Zoë Lindqvist"]),
        ("0188", ["Dana Whitlock"]),
        ("604-555-0188", ["Dana Whitlock"]),
        ("17 May 1980", ["Dana Whitlock"]),
        ("1999", ["Aidan Li"]),
        ("nobody", []),
    ],
)
def test_a_patient_is_found_by_name_phone_or_birth_date(
    three: None, text: str, found: list[str]
) -> None:
    assert names(text) == found


def test_a_birth_date_that_can_be_read_two_ways_finds_both(three: None) -> None:
    assert names("05/06/1999") == ["Aidan Li"]
    assert names("05/06/1960") == ["Zoë Lindqvist"]


def test_a_whole_name_comes_before_its_beginning_and_that_before_its_middle(three: None) -> None:
    assert names("li") == ["Aidan Li", "Zoë Lindqvist"]
    assert names("dan") == ["Dana Whitlock", "Aidan Li"]


def test_one_letter_finds_nobody(three: None) -> None:
    assert (names("d"), names(""), names("  ")) == ([], [], [])


def test_a_percent_sign_is_only_a_character(three: None) -> None:
    assert names("%%%") == []


@pytest.mark.django_db
def test_at_most_twelve_are_found_in_one_query(django_assert_num_queries: Any) -> None:
    for _ in range(14):
        make_patient()
    with django_assert_num_queries(1):
        assert len(find_patients("sample")) == 12


def like(**fields: Any) -> Patient:
    values = {
        "given_name": "Dana",
        "family_name": "Whitlock",
        "born_on": date(1980, 5, 17),
        "phone": "",
        "email": "d@mail.example",
    }
    return Patient(**{**values, **fields})


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "same date of birth, similar name"),
        ({"given_name": "Dan", "family_name": "Whitlok"}, "same date of birth, similar name"),
        (
            {"given_name": "Whitlock", "family_name": "Dana"},
            "same date of birth, similar name",
        ),
        (
            {"given_name": "Someone", "family_name": "Else", "phone": "(604) 555-0188"},
            "same date of birth, same phone number",
        ),
        (
            {"given_name": "X", "born_on": date(2001, 1, 1), "phone": "6045550188"},
            "same phone number",
        ),
    ],
)
def test_a_likely_duplicate_is_named_with_its_reason(
    three: None, fields: dict[str, Any], reason: str
) -> None:
    assert [(one.patient.given_name, one.reason) for one in lookalikes(like(**fields))] == [
        ("Dana", reason)
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"given_name": "Someone", "family_name": "Else"},
        {"born_on": date(1981, 5, 17)},
        {"born_on": date(1981, 5, 17), "phone": "0188"},
        {"born_on": date(1981, 5, 17), "phone": "604 555 0189"},
    ],
)
def test_another_person_is_no_duplicate(three: None, fields: dict[str, Any]) -> None:
    assert lookalikes(like(**fields)) == []


def test_names_are_similar_past_accents_and_order() -> None:
    assert is_similar("Zoë Lindqvist", "lindqvist zoe")
    assert not is_similar("Zoë Lindqvist", "Tom Achterberg")


@pytest.mark.parametrize(
    ("words", "given", "family"),
    [("Dana", "Dana", ""), ("Mary Ann Smith", "Mary Ann", "Smith"), ("Dana Li", "Dana", "Li")],
)
def test_what_was_searched_becomes_first_and_last_name(words: str, given: str, family: str) -> None:
    assert names_in(words) == {"given_name": given, "family_name": family}


def test_a_number_is_no_name() -> None:
    assert (names_in("0188"), names_in("")) == ({}, {})
