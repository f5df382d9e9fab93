"""The intake form on paper: same order, same numbers, in the patient's language, to write on."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from clinical.body_chart import pain_figure
from clinical.body_chart.orientation import View
from clinical.vocabulary import Side
from intake.choices import Chaperone, GuardianRelation
from intake.consent_text import introduction_shown, statements_shown
from intake.form_pages import FORM_VERSION
from intake.paper import CHAPERONE, PaperPage, consent_numbers, paper_pages
from intake.questions import NO, YES, Fact, FactKind, Kind, Question
from people.models import Patient
from reports.rendering import process
from scheduling.models import Location

# More boxes than these stand below their question instead of beside it.
BESIDE = 3


@dataclass(frozen=True)
class PrintedFact:
    """What is asked beside a yes; ``look`` is line, date or boxes."""

    label: str
    hint: str
    look: str
    boxes: tuple[str, ...]


@dataclass(frozen=True)
class PrintedQuestion:
    """One question as it is printed; ``look`` is check, drawing, scale, boxes, text or line.

    The boxes of a check are those beside its own tick: might be, not sure.
    """

    number: int
    wording: str
    hint: str
    look: str
    boxes: tuple[str, ...]
    detail: str
    facts: tuple[PrintedFact, ...]
    is_optional: bool

    @property
    def is_beside(self) -> bool:
        """True when the boxes fit on the line of the question."""
        return self.look == "boxes" and len(self.boxes) <= BESIDE


@dataclass(frozen=True)
class PrintedBlock:
    """Questions that stand together: the checks of a group, or those between groups."""

    title: str
    questions: tuple[PrintedQuestion, ...]


@dataclass(frozen=True)
class PrintedPage:
    """One page of the online form; ``section`` is empty where it goes on from the page before."""

    section: str
    title: str
    hint: str
    blocks: tuple[PrintedBlock, ...]


def blank_form_document(patient: Patient | None, language: str) -> bytes:
    """The form to print, with the patient's name, date of birth and record number when known."""
    with translation.override(language):
        numbers = consent_numbers()
        context = {
            "language": language,
            "patient": patient,
            "clinic": Location.objects.order_by("pk").first(),
            "version": FORM_VERSION,
            "pages": printed_pages(),
            "drawings": _drawings(),
            "introduction": introduction_shown(),
            "statements": [(numbers[one["id"]], one["text"]) for one in statements_shown()],
            "chaperone": (numbers[CHAPERONE], [one.label for one in Chaperone]),
            "relations": [one.label for one in GuardianRelation],
        }
        html = render_to_string("reports/blank_form.html", context)
    return process.render(html, _stylesheet())


def printed_pages() -> tuple[PrintedPage, ...]:
    """Every page of the form in its order, in the language that is active."""
    pages, before = [], ""
    for one in paper_pages():
        pages.append(_printed(one, is_new_section=one.page.section != before))
        before = one.page.section
    return tuple(pages)


def _printed(one: PaperPage, *, is_new_section: bool) -> PrintedPage:
    page = one.page
    section = page.section if is_new_section else ""
    return PrintedPage(section, page.title, page.hint, tuple(_blocks(one)))


def _blocks(one: PaperPage) -> Iterator[PrintedBlock]:
    titles, numbers = {group.id: group.title for group in one.page.groups}, one.numbers
    for group, asked in groupby(one.page.questions, key=lambda question: question.group):
        questions = tuple(_question(question, numbers[question.id]) for question in asked)
        yield PrintedBlock(titles.get(group, ""), questions)


def _question(question: Question, number: int) -> PrintedQuestion:
    look = _look(question)
    return PrintedQuestion(
        number=number,
        wording=_wording(question),
        hint=_hint(question),
        look=look,
        boxes=_boxes(question),
        detail=question.detail,
        facts=tuple(_fact(fact) for fact in question.facts),
        is_optional=not question.is_needed,
    )


def _look(question: Question) -> str:
    match question.kind:
        case Kind.CHECK:
            return "check"
        case Kind.ZONES:
            return "drawing"
        case Kind.NPRS:
            return "scale"
        case Kind.TEXT:
            return "text"
        case _:
            return "boxes" if question.options else "line"


def _wording(question: Question) -> str:
    """As the form asks; what is tapped on a screen is shaded on paper."""
    if question.kind is Kind.ZONES:
        return gettext("Shade every place that hurts")
    return question.wording


def _hint(question: Question) -> str:
    if question.kind is not Kind.ZONES:
        return question.hint
    words = ", ".join(one.label.lower() for one in question.qualities)
    hint = gettext(
        "Right and left are your own right and left. Beside each place write how it feels: {words}."
    )
    return hint.format(words=words)


def _boxes(question: Question) -> tuple[str, ...]:
    """What can be ticked; the tick of a check is a yes, and no is none at all."""
    match question.kind:
        case Kind.ZONES:
            return ()
        case Kind.CHECK:
            return tuple(one.label for one in question.options if one.value not in (YES, NO))
        case _:
            return tuple(one.label for one in question.options)


def _fact(fact: Fact) -> PrintedFact:
    looks = {FactKind.CHOICE: "boxes", FactKind.DAY: "date", FactKind.MONTH: "date"}
    boxes = tuple(one.label for one in fact.options)
    return PrintedFact(fact.label, fact.hint, looks.get(fact.kind, "line"), boxes)


def _drawings() -> list[tuple[str, SafeString]]:
    """Front and back of the body to draw on, each side named from the patient's own view."""
    titles = {
        View.FRONT: pgettext("body view", "Front"),
        View.BACK: pgettext("body view", "Back"),
    }
    sides = {Side.RIGHT: gettext("Your right"), Side.LEFT: gettext("Your left")}
    return [
        (
            title,
            mark_safe(  # noqa: S308 - our own SVG function escapes every text it takes
                pain_figure(view, (), sides, title=title, standalone=True)
            ),
        )
        for view, title in titles.items()
    ]


@cache
def _stylesheet() -> str:
    path = settings.BASE_DIR / "static" / "reports" / "blank_form.css"
    return path.read_text(encoding="utf-8")
