"""What stands beside the answers, as the screening rules take it and as staff read it."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from clinical.screening_facts import Facts, weeks_in
from clinical.screening_parts import CONTROL
from intake.models import IntakeAnswer
from intake.questions import NO
from intake.wording import MONTH_LENGTH, day_in_words

SHORT = {
    "drug": "{}",
    "inr": "INR {}",
    "weeks": "{} weeks",
    "control": "well controlled: {}",
    "date": "{}",
}


def facts_of(answers: Mapping[str, IntakeAnswer], on: date) -> Facts:
    """The facts of everything answered yes or not sure; what was not given is not known."""
    weeks, inr = _given(answers, "pregnancy", "weeks"), _given(answers, "anticoagulant", "inr")
    return Facts(
        on=on,
        pregnancy_weeks=int(weeks) if weeks else _weeks_written(answers),
        operated_on=_day(_given(answers, "surgery_recent", "date"), on),
        inr=Decimal(inr) if inr else None,
        inr_on=_day(_given(answers, "anticoagulant", "date"), on),
        diabetes_is_controlled=CONTROL.get(_given(answers, "diabetes", "control")),
        travels_on=_day(_given(answers, "flight_dive_planned", "date"), on),
    )


def beside(answer: IntakeAnswer) -> str:
    """What was given and written beside an answer, in a few words for staff."""
    facts = answer.facts
    words = [SHORT[key].format(_plain(key, facts[key])) for key in SHORT if facts.get(key)]
    return ", ".join(word for word in (answer.detail, *words) if word)


def _plain(key: str, value: str) -> str:
    return day_in_words(value) if key == "date" else value.replace("_", " ")


def _given(answers: Mapping[str, IntakeAnswer], question: str, part: str) -> str:
    answer = answers.get(question)
    return "" if answer is None or answer.value == NO else f"{answer.facts.get(part, '')}"


def _weeks_written(answers: Mapping[str, IntakeAnswer]) -> int | None:
    """The weeks of an answer to an older form, which had one line of text for them."""
    answer = answers.get("pregnancy")
    return weeks_in(answer.detail) if answer else None


def _day(value: str, today: date) -> date | None:
    """A stored day; of a month its last day, not after today: the later the stricter."""
    if len(value) != MONTH_LENGTH:
        return date.fromisoformat(value) if value else None
    year, month = (int(part) for part in value.split("-"))
    return min(date(year, month, monthrange(year, month)[1]), today)
