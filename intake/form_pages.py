"""The pages of the intake form, in the clinic's order, built from data.

The health checks come from ``clinical.screening``; only their grouping on screens stands here. A
screening question that no screen names appears on the last health screen, so none is lost.
"""

from functools import cache

from clinical.entries import ScreeningQuestion
from clinical.screening import consent_statements, patient_questions
from intake.health_screens import HEALTH_SCREENS
from intake.questions import (
    CONTACT,
    GOALS,
    LEVEL,
    NOT_SURE_OPTION,
    PEOPLE,
    STORY,
    YES_NO_NOT_SURE,
    ZONE_OPTIONS,
    Kind,
    Option,
    Page,
    Question,
)

FORM_VERSION = "2026.1"

ABOUT, PROBLEM, HEALTH = "About you", "Your problem", "Health checks"
MEDICINES, AIMS = "Medicines", "Your goals"

LAST_HEALTH_SCREEN = HEALTH_SCREENS[-1][0]

PAIN_QUALITY = tuple(
    Option(value, label)
    for value, label in (
        ("aching", "Aching"),
        ("sharp", "Sharp"),
        ("burning", "Burning"),
        ("electric", "Electric shocks"),
        ("tingling", "Tingling"),
        ("pins", "Pins and needles"),
        ("numb", "Numb"),
        ("itching", "Itching"),
        ("cold", "Painful cold"),
        ("none", "None of these"),
    )
)
HANDEDNESS = (
    Option("right", "Right"),
    Option("left", "Left"),
    Option("both", "Both the same"),
    NOT_SURE_OPTION,
)
# Health questions that are asked on another page, in another way.
ASKED_ELSEWHERE = ("chief_area", "handedness", "pain_quality", "medication_list")
DETAIL_LABELS = (
    ("drug", "Which medicine, and your last INR and its date if you take warfarin"),
    ("weeks", "If yes or maybe: how many weeks?"),
    ("control", "Is it well controlled?"),
    ("date", "If yes: what, and when?"),
    ("text", "If yes: please tell us more"),
)


@cache
def form_pages() -> tuple[Page, ...]:
    """Every page with questions, in order; check, consent and done are not among them."""
    return (
        Page("contact", ABOUT, "How we reach you", CONTACT),
        Page("people", ABOUT, "People we may need to call", PEOPLE),
        Page("area", PROBLEM, "Where is your pain?", (_chief_area(),)),
        Page("story", PROBLEM, "How did it come about?", STORY),
        Page("level", PROBLEM, "How strong is it?", LEVEL),
        Page("kind", PROBLEM, "What does it feel like?", _kind_of_pain()),
        *_health_pages(),
        Page("medicines", MEDICINES, "Which medicines do you take?", (_medicines(),)),
        Page("goals", AIMS, "What matters to you", GOALS),
    )


@cache
def questions_by_id() -> dict[str, Question]:
    """Every question of the form, with the consent statements."""
    found = {question.id: question for page in form_pages() for question in page.questions}
    return found | {question.id: question for question in consent_questions()}


@cache
def consent_questions() -> tuple[Question, ...]:
    """The statements the patient ticks, as questions."""
    return tuple(Question(item.id, item.question, Kind.TICK) for item in consent_statements())


def page_at(slug: str) -> Page | None:
    """The page of this address, or None."""
    return next((page for page in form_pages() if page.slug == slug), None)


def page_after(page: Page) -> Page | None:
    """The page that follows, or None after the last."""
    following = form_pages()[form_pages().index(page) + 1 :]
    return following[0] if following else None


def page_before(page: Page) -> Page | None:
    """The page before, or None before the first."""
    earlier = form_pages()[: form_pages().index(page)]
    return earlier[-1] if earlier else None


def _health_pages() -> tuple[Page, ...]:
    items = {item.id: item for item in patient_questions() if item.id not in ASKED_ELSEWHERE}
    named = {key for _slug, _title, keys in HEALTH_SCREENS for key in keys}
    unnamed = tuple(key for key in items if key not in named)
    pages = []
    for slug, title, keys in HEALTH_SCREENS:
        wanted = keys + unnamed if slug == LAST_HEALTH_SCREEN else keys
        questions = tuple(_health_question(items[key]) for key in wanted if key in items)
        if questions:
            pages.append(Page(slug, HEALTH, title, questions, hint=HEALTH_HINT))
    return tuple(pages)


HEALTH_HINT = "Your physiotherapist needs this to keep needling safe."


def _health_question(item: ScreeningQuestion) -> Question:
    return Question(
        item.id,
        item.question,
        Kind.YES_NO,
        options=YES_NO_NOT_SURE,
        detail=_detail_label(item.answer_type),
    )


def _detail_label(answer_type: str) -> str:
    """The label of the text box an answer type asks for; empty for plain yes/no."""
    return next(
        (label for word, label in DETAIL_LABELS if word in answer_type.split("/no")[-1]), ""
    )


def _chief_area() -> Question:
    return Question(
        "chief_area",
        "Tick every place that hurts",
        Kind.ZONES,
        hint="Right and left are your own right and left.",
        options=ZONE_OPTIONS,
        detail="Anywhere else, or anything to add",
    )


def _kind_of_pain() -> tuple[Question, ...]:
    return (
        Question(
            "pain_quality",
            "Which words fit your pain?",
            Kind.MANY,
            hint="Tick all that apply.",
            options=PAIN_QUALITY,
        ),
        Question("handedness", "Which hand do you write with?", Kind.ONE, options=HANDEDNESS),
    )


def _medicines() -> Question:
    return Question(
        "medication_list",
        "List your medicines and supplements",
        Kind.TEXT,
        hint="Write “none” if you take none. You can also bring a list or a photo to the desk.",
    )
