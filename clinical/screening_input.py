"""A screening as JSON: read, checked with the path of every fault, weighed, and put into words.

``{"answers": {"anticoagulant": "yes", ...}, "date_of_birth": "1980-02-01", "on": "2026-11-22"}``

The ids and answer types are those of ``reference/screening.csv``. What a question asks beside its
yes is given as an object: ``{"answer": "yes", "weeks": 9}``. Nothing is guessed: a missing yes/no
is not sure, a missing date of birth an unknown age, everything else that does not fit is a fault.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from clinical.entries import ScreeningQuestion
from clinical.reference import reference
from clinical.screening import (
    AGE_QUESTION,
    NO,
    ClinicRules,
    Reason,
    ScreeningOutcome,
    is_yes_no,
    screen,
)
from clinical.screening_facts import Facts, age_on
from clinical.screening_parts import (
    YES_NO_WORDS,
    BadValue,
    category,
    control,
    day,
    inr,
    named,
    parts_of,
    shown,
    text,
    truth,
    weeks,
    word_of,
)
from clinical.vocabulary import RiskCategory

KEYS = ("answers", "date_of_birth", "on", "clinic")
CLINIC_KEYS = ("grades", "blocks_lung_muscles")
OLDEST = 130
READERS: Mapping[str, Callable[[Any], Any]] = {
    "text": text,
    "drug": text,
    "weeks": weeks,
    "inr": inr,
    "date": day,
    "control": control,
}
STANDS_BESIDE_NO = ("text",)


class BadScreening(ValueError):
    """The input was refused; ``faults`` has a line for each fault with its path."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Answer:
    """One checked answer: its word, and what was given beside it."""

    word: str
    parts: Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """A checked input, as the rules take it."""

    answers: Mapping[str, Answer]
    born_on: date | None
    on: date
    clinic: ClinicRules

    @property
    def facts(self) -> Facts:
        """Weeks, dates and values by the question they stand beside."""
        return Facts(
            on=self.on,
            pregnancy_weeks=self._part("pregnancy", "weeks"),
            operated_on=self._part("surgery_recent", "date"),
            inr=self._part("anticoagulant", "inr"),
            inr_on=self._part("anticoagulant", "date"),
            diabetes_is_controlled=self._part("diabetes", "control"),
            travels_on=self._part("flight_dive_planned", "date"),
        )

    def _part(self, question: str, part: str) -> Any:
        answer = self.answers.get(question)
        return answer.parts.get(part) if answer else None


def read_case(raw: str) -> Case:
    """The checked input; raises ``BadScreening`` with every fault."""
    return _Reader(_parsed(raw)).case()


def weigh(case: Case) -> ScreeningOutcome:
    """Run the rules over a checked input."""
    return screen(
        {key: answer.word for key, answer in case.answers.items()},
        age=None if case.born_on is None else age_on(case.born_on, case.on),
        facts=case.facts,
        clinic=case.clinic,
    )


def as_json(outcome: ScreeningOutcome) -> dict[str, Any]:
    """The outcome as it is printed; what only informs stands last."""
    return {
        "outcome": str(outcome.status),
        "reasons": [_printed(reason) for reason in (*outcome.reasons, *outcome.notes)],
        "ruleset_version": outcome.ruleset_version,
    }


def _printed(reason: Reason) -> dict[str, str]:
    known = reference().sources
    return {
        "rule": reason.question_id,
        "category": str(reason.category),
        "scope": reason.region_scope,
        "action": reason.physio_action,
        "source": "; ".join(f"{key} ({known[key].basis})" for key in reason.sources),
    }


def _parsed(raw: str) -> dict[str, Any]:
    try:
        found = json.loads(
            raw, object_pairs_hook=_once, parse_constant=_no_number, parse_float=Decimal
        )
    except json.JSONDecodeError as fault:
        where = f"line {fault.lineno} column {fault.colno}"
        raise BadScreening([f"input: not JSON: {fault.msg} ({where})"]) from fault
    except RecursionError as fault:
        raise BadScreening(["input: nested too deeply"]) from fault
    except ValueError as fault:  # a key twice, NaN, or more digits than a number may have
        raise BadScreening([f"input: {fault}"]) from fault
    if not isinstance(found, dict):
        raise BadScreening([f"input: {shown(found)} is not an object"])
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise BadValue(f"{shown(name)} is given twice")
    return dict(pairs)


def _no_number(word: str) -> Any:
    raise BadValue(f"{word} is not a number")


class _Reader:
    """Collects every fault, so that one run shows them all."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given
        self.faults: list[str] = []

    def case(self) -> Case:
        for key in self.given:
            if key not in KEYS:
                self.fault(named(key), "unknown key")
        on = self.read("on", self.given, day)
        born_on = self.read("date_of_birth", self.given, day)
        if self.given.get("on") is None:
            self.fault("on", "missing")
        self.check_birth(born_on, on)
        answers = self.answers(on, born_on)
        clinic = self.clinic()
        if self.faults or on is None:
            raise BadScreening(self.faults)
        return Case(answers, born_on, on, clinic)

    def fault(self, path: str, problem: object) -> None:
        self.faults.append(f"{path}: {problem}")

    def read(
        self, key: str, given: Mapping[str, Any], reader: Callable[[Any], Any], path: str = ""
    ) -> Any:
        """The value of a key, None where it is not given or faulty."""
        value = given.get(key)
        if value is None:
            return None
        return self.attempt(path + key, reader, value)

    def attempt(self, path: str, reader: Callable[[Any], Any], value: Any) -> Any:
        try:
            return reader(value)
        except BadValue as fault:
            self.fault(path, fault)
            return None

    def object_at(self, key: str, path: str, given: Mapping[str, Any]) -> dict[str, Any]:
        value = given.get(key)
        if isinstance(value, dict):
            return value
        self.fault(path, "missing" if key not in given else f"{shown(value)} is not an object")
        return {}

    def check_birth(self, born_on: date | None, on: date | None) -> None:
        if born_on is None or on is None:
            return
        if born_on > on:
            self.fault("date_of_birth", f"{born_on} is after {on}, the day of the screening")
        elif age_on(born_on, on) > OLDEST:
            self.fault("date_of_birth", f"{born_on} is more than {OLDEST} years before {on}")

    def answers(self, on: date | None, born_on: date | None) -> dict[str, Answer]:
        known = reference().screening_by_id
        found: dict[str, Answer] = {}
        for key, value in self.object_at("answers", "answers", self.given).items():
            path = f"answers.{named(key)}"
            if key not in known:
                self.fault(path, "unknown question")
                continue
            answer = self.answer(path, known[key], value)
            if answer is not None:
                self.check_dates(path, known[key], answer, on)
                found[key] = self.of_age(path, answer, born_on) if key == AGE_QUESTION else answer
        return found

    def answer(self, path: str, question: ScreeningQuestion, value: Any) -> Answer | None:
        if isinstance(value, dict) and is_yes_no(question):
            return self.with_parts(path, question, value)
        word = self.attempt(path, lambda given: word_of(question, given), value)
        return None if word is None else Answer(word, {})

    def with_parts(
        self, path: str, question: ScreeningQuestion, value: dict[str, Any]
    ) -> Answer | None:
        allowed = parts_of(question)
        for name in value:
            if name not in ("answer", *allowed):
                known = ", ".join(("answer", *allowed))
                self.fault(f"{path}.{named(name)}", f"unknown key, known here: {known}")
        if value.get("answer") is None:
            self.fault(f"{path}.answer", "missing")
            return None
        word = self.attempt(path, lambda given: word_of(question, given), value["answer"])
        parts = {
            name: self.read(name, value, READERS[name], f"{path}.")
            for name in allowed
            if value.get(name) is not None
        }
        if word == NO:
            for name in parts:
                if name not in STANDS_BESIDE_NO:
                    self.fault(f"{path}.{name}", "is given, but the answer is no")
        return None if word is None else Answer(word, parts)

    def check_dates(
        self, path: str, question: ScreeningQuestion, answer: Answer, on: date | None
    ) -> None:
        given = answer.parts.get("date")
        if given is None or on is None:
            return
        is_planned = question.id == "flight_dive_planned"
        if is_planned and given < on:
            self.fault(f"{path}.date", f"{given} is before {on}, the day of the screening")
        if not is_planned and given > on:
            self.fault(f"{path}.date", f"{given} is after {on}, the day of the screening")

    def of_age(self, path: str, answer: Answer, born_on: date | None) -> Answer:
        """A date of birth given as the answer must be the one of the input."""
        if answer.word not in YES_NO_WORDS and answer.word != f"{born_on}":
            self.fault(path, f"{answer.word} is not the date_of_birth of the input")
        return answer if answer.word in YES_NO_WORDS else Answer("", {})

    def clinic(self) -> ClinicRules:
        if self.given.get("clinic") is None:
            return ClinicRules()
        given = self.object_at("clinic", "clinic", self.given)
        for key in given:
            if key not in CLINIC_KEYS:
                self.fault(f"clinic.{named(key)}", "unknown key")
        blocks = self.read("blocks_lung_muscles", given, truth, "clinic.")
        return ClinicRules(self.grades(given), blocks_lung_muscles=bool(blocks))

    def grades(self, given: Mapping[str, Any]) -> dict[str, RiskCategory]:
        if "grades" not in given:
            return {}
        found = self.object_at("grades", "clinic.grades", given)
        for key in found:
            if key not in reference().screening_by_id:
                self.fault(f"clinic.grades.{named(key)}", "unknown question")
        return {
            key: grade
            for key, value in found.items()
            if (grade := self.attempt(f"clinic.grades.{named(key)}", category, value)) is not None
        }
