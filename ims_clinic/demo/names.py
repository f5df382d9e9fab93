"""Invented people. Every name is made up; numbers are of the range kept for fiction."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from people.choices import SexRecorded
from people.models import Patient

GIVEN = (
    "Jonas Dana Owen Priya Teresa Lucas Celia Ivan Ruth Noor Frank Yara Elise Kofi Lena Hana "
    "Brigitte Samir Greg Mei-Lin Paulina Anders Marcus Ada Joel Nadia Peter Simone Arjun Rosa "
    "Victor Greta Amir Ingrid Mateo Fatima Hugo Leila Oskar Wen"
).split()
FAMILY = (
    "Eklund Whitlock Brandt Raman Okafor Meyer Marsh Petrov Adeyemi Aziz Delgado Nassar Tremblay "
    "Mensah Vogel Sato Roy Haddad Fontaine Chow Reyes Holm Webb Kowalski Park Hussein Vance "
    "Leclerc Patel Jimenez Lam Nilsen Soltani Berg Alvarez Rahman Lindholm Karimi Novak Zhao"
).split()
LONG_NAME = ("Maria Fernanda Alexandrina", "Featherstonehaugh-Villanueva de la Cruz Montenegro")


@dataclass(frozen=True)
class Person:
    given_name: str
    family_name: str
    born_on: date
    sex_recorded: SexRecorded
    phone: str
    email: str
    emergency_contact: str
    physician: str


def invented_people(random: Random, count: int, today: date) -> Iterator[Person]:
    """``count`` people of 19 to 83 years; the last one has a very long name."""
    pairs = [(given, family) for given in GIVEN for family in FAMILY]
    random.shuffle(pairs)
    pairs[count - 1] = LONG_NAME
    for number, (given, family) in enumerate(pairs[:count]):
        yield Person(
            given_name=given,
            family_name=family,
            born_on=today - timedelta(days=random.randint(19 * 365, 83 * 365)),
            sex_recorded=random.choice((SexRecorded.FEMALE, SexRecorded.MALE)),
            phone=f"604 555 {100 + number:04d}",
            email=f"{given.split()[0]}.{family.split()[0]}.{number}@mail.example".lower(),
            emergency_contact=f"{random.choice(GIVEN)} {family}, 604 555 {200 + number:04d}"[:160],
            physician=f"Dr. {random.choice(FAMILY)}",
        )


def patient_of(person: Person, language: str = "en") -> Patient:
    """The person as a patient's row, not saved yet."""
    return Patient(
        given_name=person.given_name,
        family_name=person.family_name,
        born_on=person.born_on,
        sex_recorded=person.sex_recorded,
        phone=person.phone,
        email=person.email,
        emergency_contact=person.emergency_contact,
        physician=person.physician,
        language=language,
    )
