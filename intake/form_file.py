"""Reads a version of the form from its file, and refuses one that is not whole.

Every fault names the file and the place in it. The result is English; nothing is translated here.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from clinical.entries import ScreeningQuestion
from clinical.screening import MAYBE, is_yes_no, patient_questions
from clinical.screening_parts import parts_of
from intake.questions import (
    NPRS_OPTIONS,
    SIDES,
    YES_MAYBE_NO,
    YES_NO_NOT_SURE,
    Fact,
    FactKind,
    Group,
    Kind,
    Option,
    Page,
    Question,
    When,
)

Named = TypeVar("Named", Kind, FactKind, When)
FOLDER = Path(__file__).resolve().parent / "form_versions"
TEXT = "text"


class BadForm(ValueError):
    """The file of a form version cannot be used; the sentence names file and place."""


def read_form(version: str, folder: Path = FOLDER) -> tuple[Page, ...]:
    """The pages of a version in English; raises ``BadForm``."""
    path = folder / f"{version}.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as fault:
        raise BadForm(f"{path.name}: {fault}") from fault
    return _FormFile(path.name, data).pages(version)


class _FormFile:
    """One read file, with its name for the faults."""

    def __init__(self, name: str, data: Mapping[str, Any]) -> None:
        self.name, self.data = name, data
        self.rows = {row.id: row for row in patient_questions()}
        self.beside = data.get("beside", {})

    def pages(self, version: str) -> tuple[Page, ...]:
        if self.data.get("version") != version:
            raise self.fault("version", f"is not {version}")
        pages = tuple(self.page(n, row) for n, row in enumerate(self.data.get("pages", ()), 1))
        self.check(pages)
        return pages

    def fault(self, place: str, problem: str) -> BadForm:
        return BadForm(f"{self.name}, {place}: {problem}")

    def page(self, number: int, row: Mapping[str, Any]) -> Page:
        place = f"page {row.get('slug', number)}"
        slug, section, title = (
            self.needed(row, key, place) for key in ("slug", "section", "title")
        )
        asks = row.get("asks", ())
        if not asks:
            raise self.fault(place, "asks nothing")
        questions: list[Question] = []
        groups: list[Group] = []
        for ask in asks:
            if "checks" in ask:
                group = Group(self.needed(ask, "group", place), self.needed(ask, "title", place))
                groups.append(group)
                questions += [self.check_of(key, group, place) for key in ask["checks"]]
            else:
                questions.append(self.question(ask, place))
        return Page(slug, section, title, tuple(questions), row.get("hint", ""), tuple(groups))

    def needed(self, row: Mapping[str, Any], key: str, place: str) -> str:
        value = row.get(key)
        if isinstance(value, str) and value:
            return value
        raise self.fault(place, f"{key} is missing")

    def check_of(self, key: str, group: Group, place: str) -> Question:
        """One tick of a group, worded by the screening question."""
        row = self.screening(key, f"{place}, group {group.id}")
        options = YES_MAYBE_NO if MAYBE in row.answer_type else YES_NO_NOT_SURE
        question = Question(key, row.question, Kind.CHECK, options=options, group=group.id)
        return self.with_facts(question, place)

    def screening(self, key: str, place: str) -> ScreeningQuestion:
        if key not in self.rows:
            raise self.fault(place, f"screening.csv has no question {key!r}")
        if not is_yes_no(self.rows[key]):
            raise self.fault(place, f"{key} is not a yes/no question")
        return self.rows[key]

    def question(self, ask: Mapping[str, Any], place: str) -> Question:
        key = self.needed(ask, "id", place)
        place = f"{place}, question {key}"
        kind = self.named(Kind, ask.get("kind"), place)
        if kind is Kind.YES_NO:
            row = self.screening(key, place)
            asked = Question(key, row.question, kind, options=YES_NO_NOT_SURE)
            return self.with_facts(asked, place)
        return Question(
            key,
            self.needed(ask, "wording", place),
            kind,
            hint=ask.get("hint", ""),
            options=self.options(kind, ask, place),
            detail=ask.get("detail", ""),
            is_needed=not ask.get("optional", False),
            autocomplete=ask.get("autocomplete", ""),
            longest=ask.get("longest", Question.longest),
            qualities=_options(ask.get("qualities", {})),
        )

    def named(self, known: type[Named], word: Any, place: str) -> Named:
        try:
            return known(word)
        except ValueError:
            raise self.fault(place, f"unknown {known.__name__} {word!r}") from None

    def options(self, kind: Kind, ask: Mapping[str, Any], place: str) -> tuple[Option, ...]:
        match kind:
            case Kind.NPRS:
                return NPRS_OPTIONS
            case Kind.ZONES:
                names = ask.get("places", {})
                found = tuple(
                    Option(f"{zone}{letter}", f"{name}, {side}")
                    for zone, name in names.items()
                    for letter, side in SIDES
                )
            case Kind.ONE | Kind.MANY:
                found = _options(ask.get("options", {}))
            case _:
                return ()
        if not found:
            raise self.fault(place, "offers nothing to choose")
        return found

    def with_facts(self, question: Question, place: str) -> Question:
        """What is asked beside the yes; every part of the answer type, and nothing else."""
        place = f"{place}, beside {question.id}"
        rows = self.beside.get(question.id, ())
        wanted, found = sorted(parts_of(self.rows[question.id])), sorted(r.get("id") for r in rows)
        if wanted != found:
            raise self.fault(place, f"has {found}, but screening.csv asks for {wanted}")
        texts = [self.needed(row, "label", place) for row in rows if row["id"] == TEXT]
        facts = tuple(self.fact(row, place) for row in rows if row["id"] != TEXT)
        return replace(question, detail=texts[0] if texts else "", facts=facts)

    def fact(self, row: Mapping[str, Any], place: str) -> Fact:
        place = f"{place}, {row['id']}"
        return Fact(
            row["id"],
            self.named(FactKind, row.get("kind"), place),
            self.needed(row, "label", place),
            hint=row.get("hint", ""),
            low=row.get("low", ""),
            high=row.get("high", ""),
            when=self.named(When, row.get("when", When.PAST), place),
            options=_options(row.get("options", {})),
        )

    def check(self, pages: tuple[Page, ...]) -> None:
        """No page, group or question twice, no screening question forgotten."""
        questions = [question.id for page in pages for question in page.questions]
        self.check_once("page", [page.slug for page in pages])
        self.check_once("group", [group.id for page in pages for group in page.groups])
        self.check_once("question", questions)
        for key in self.rows:
            if key not in questions:
                raise self.fault("pages", f"no page asks the screening question {key}")
        for key in self.beside:
            if key not in questions:
                raise self.fault(f"beside {key}", "no page asks this question")

    def check_once(self, word: str, keys: list[str]) -> None:
        for key in keys:
            if keys.count(key) > 1:
                raise self.fault(f"{word} {key}", "stands there twice")


def _options(labels: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value, label) for value, label in labels.items())
