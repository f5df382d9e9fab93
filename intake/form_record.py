"""The versions of the form as they are kept in the database, each with its definition."""

from collections.abc import Mapping
from typing import Any

from intake.form_pages import FORM_VERSION, definition
from intake.models import IntakeForm
from intake.questions import Fact, FactKind, Group, Kind, Option, Page, Question, When


class FormChanged(Exception):
    """The questions differ from those the version was first used with."""


def current_form() -> IntakeForm:
    """The row of the current version, made with its definition at the first use.

    Raises FormChanged when the same version would now ask something else.
    """
    asked = definition()
    form, _created = IntakeForm.objects.get_or_create(
        version=FORM_VERSION, defaults={"definition": asked}
    )
    if form.definition != asked:
        raise FormChanged(
            f"Form {FORM_VERSION} is in use with other questions. A released form is never "
            "changed: give the new questions a version of their own."
        )
    return form


def pages_of(form: IntakeForm) -> tuple[Page, ...]:
    """The pages of a version as they were released; none for one without a definition."""
    return tuple(_page(row) for row in form.definition.get("pages", ()))


def _page(row: Mapping[str, Any]) -> Page:
    return Page(
        **{
            **row,
            "questions": tuple(_question(one) for one in row["questions"]),
            "groups": tuple(Group(**one) for one in row["groups"]),
        }
    )


def _question(row: Mapping[str, Any]) -> Question:
    return Question(
        **{
            **row,
            "kind": Kind(row["kind"]),
            "options": _options(row["options"]),
            "qualities": _options(row["qualities"]),
            "facts": tuple(_fact(one) for one in row["facts"]),
        }
    )


def _fact(row: Mapping[str, Any]) -> Fact:
    kind, when = FactKind(row["kind"]), When(row["when"])
    return Fact(**{**row, "kind": kind, "when": when, "options": _options(row["options"])})


def _options(rows: list[Mapping[str, str]]) -> tuple[Option, ...]:
    return tuple(Option(**row) for row in rows)
