"""Finding a patient, and noticing that a new one may be on file already."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Case, IntegerField, Q, Value, When

from people.dates import readings
from people.models import Patient, searchable

MOST = 12
SHORTEST = 2
SIMILAR = 0.72
PHONE_DIGITS = 7


def find_patients(text: str, most: int = MOST) -> list[Patient]:
    """Patients whose name, phone, date of birth or record number hold every word; best first.

    One query. A word of two characters must begin a name, so that the index still helps.
    """
    days = readings(text)
    words = [] if days else searchable(text).split()
    if not days and max((len(word) for word in words), default=0) < SHORTEST:
        return []
    born = Q()
    for day in days:
        born |= Q(search_text__contains=f"{day}")
    found = Patient.objects.filter(born, *(_holds(word) for word in words))
    order = [_closeness(words[0])] if words else []
    return list(found.order_by(*order, "family_name", "given_name", "id")[:most])


def _holds(word: str) -> Q:
    if len(word) < 3:
        return Q(search_text__startswith=word) | Q(search_text__contains=f" {word}")
    digits = digits_of(word)
    hit = Q(search_text__contains=word)
    return hit | Q(search_text__contains=digits) if len(digits) >= 3 else hit


def _closeness(word: str) -> Case:
    """0 when a whole name is the word, 1 when one begins with it, 2 when one holds it."""
    whole = Q(search_text__startswith=f"{word} ") | Q(search_text__contains=f" {word} ")
    begins = Q(search_text__startswith=word) | Q(search_text__contains=f" {word}")
    return Case(
        When(whole, then=Value(0)),
        When(begins, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


@dataclass(frozen=True)
class Lookalike:
    """A patient on file who may be the one about to be added, and why."""

    patient: Patient
    reason: str


def lookalikes(new: Patient) -> Sequence[Lookalike]:
    """Patients on file with the same phone number, or born the same day with a similar name."""
    digits = digits_of(new.phone)
    hit = Q(search_text__contains=f"{new.born_on}")
    if len(digits) >= PHONE_DIGITS:
        hit |= Q(search_text__contains=digits)
    found = []
    for one in Patient.objects.filter(hit).order_by("family_name", "given_name", "id"):
        reason = _likeness(new, one, digits)
        if reason:
            found.append(Lookalike(one, reason))
    return found[:MOST]


def _likeness(new: Patient, one: Patient, digits: str) -> str:
    is_same_day = one.born_on == new.born_on
    is_same_phone = len(digits) >= PHONE_DIGITS and digits_of(one.phone) == digits
    if is_same_day and is_similar(new.full_name, one.full_name):
        return "same date of birth, similar name"
    if is_same_day and is_same_phone:
        return "same date of birth, same phone number"
    return "same phone number" if is_same_phone else ""


def is_similar(one: str, other: str) -> bool:
    """True for names that differ by spelling, accents, order or a short form."""
    first, second = (" ".join(sorted(searchable(name).split())) for name in (one, other))
    return SequenceMatcher(None, first, second).ratio() >= SIMILAR


def names_in(words: str) -> dict[str, str]:
    """What was searched for as first and last name, when it is a name."""
    parts = words.split()
    if not parts or any(c.isdigit() for c in words):
        return {}
    return {"given_name": " ".join(parts[:-1]) or parts[0], "family_name": " ".join(parts[1:][-1:])}


def digits_of(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
