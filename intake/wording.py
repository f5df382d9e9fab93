"""Stored answers in words: the value, the places of the pain drawing, and the facts beside it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from intake.questions import Fact, FactKind, Kind, Option, Question

MONTH_LENGTH = len("2026-03")
ZONES = "zones"


def words_of(question: Question, value: str, facts: Mapping[str, Any]) -> str:
    """The labels of a value in the language of the question; empty for what the patient wrote."""
    if question.is_open:
        return ""
    if question.kind is Kind.ZONES:
        return "; ".join(_place(question, zone, facts) for zone in chosen_zones(question, value))
    if question.kind is Kind.NPRS and value.isdigit():
        return _("{number} of 10").format(number=value)
    return question.label_of(value)


def facts_in_words(question: Question, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """What was given beside the answer, each with its label: ``How many weeks? 9``."""
    return tuple(
        f"{fact.label} {fact_in_words(fact, facts[fact.id])}"
        for fact in question.facts
        if facts.get(fact.id)
    )


def fact_in_words(fact: Fact, value: str) -> str:
    """One fact as words: a date with the name of its month, a choice by its label."""
    if fact.kind in (FactKind.DAY, FactKind.MONTH):
        return day_in_words(value)
    return label_of(fact.options, value)


def day_in_words(value: str) -> str:
    """A stored day or month, like 27 March 2020 or March 2020."""
    if len(value) == MONTH_LENGTH:
        return date_format(date.fromisoformat(f"{value}-01"), "F Y")
    return date_format(date.fromisoformat(value), "j F Y")


def chosen_zones(question: Question, value: str) -> list[str]:
    """The places of a stored value that the question offers."""
    known = {option.value for option in question.options}
    return [zone for zone in value.split(",") if zone in known]


def label_of(options: tuple[Option, ...], value: str) -> str:
    """The label of one value, the value itself where there is none."""
    return next((option.label for option in options if option.value == value), value)


def _place(question: Question, zone: str, facts: Mapping[str, Any]) -> str:
    """A place with its qualities, like ``Neck, right: aching, sharp``."""
    name = label_of(question.options, zone)
    felt = facts.get(ZONES, {}).get(zone, ())
    words = ", ".join(label_of(question.qualities, one).lower() for one in felt)
    return f"{name}: {words}" if words else name
