"""The patient's questions that are not screening: contact, problem, pain, goals. Data only."""

from dataclasses import dataclass
from enum import StrEnum

YES, NO, NOT_SURE = "yes", "no", "not_sure"
GIVEN, NOT_GIVEN, TICKED = "given", "not_given", "ticked"


class Kind(StrEnum):
    """How a question is asked."""

    YES_NO = "yes_no"
    ONE = "one"
    MANY = "many"
    ZONES = "zones"
    NPRS = "nprs"
    LINE = "line"
    TEXT = "text"
    TEL = "tel"
    EMAIL = "email"
    TICK = "tick"


OPEN_KINDS = (Kind.LINE, Kind.TEXT, Kind.TEL, Kind.EMAIL)


@dataclass(frozen=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """One question as shown. ``detail`` is the label of its text box, empty for none."""

    id: str
    wording: str
    kind: Kind
    hint: str = ""
    options: tuple[Option, ...] = ()
    detail: str = ""
    is_needed: bool = True
    autocomplete: str = ""

    @property
    def is_open(self) -> bool:
        return self.kind in OPEN_KINDS

    def label_of(self, value: str) -> str:
        """The words of a stored value, several joined by commas."""
        names = {option.value: option.label for option in self.options}
        return ", ".join(names.get(part, part) for part in value.split(",") if part)


@dataclass(frozen=True)
class Page:
    """One screen of the form."""

    slug: str
    section: str
    title: str
    questions: tuple[Question, ...]
    hint: str = ""

    @property
    def is_single(self) -> bool:
        return len(self.questions) == 1


def shortened(text: str) -> str:
    """The beginning of a long wording, for an error sentence."""
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + "…"


def _options(**labels: str) -> tuple[Option, ...]:
    return tuple(Option(value, label) for value, label in labels.items())


YES_NO_NOT_SURE = _options(yes="Yes", no="No", not_sure="I’m not sure")
NPRS_OPTIONS = tuple(Option(str(n), str(n)) for n in range(11))
NOT_SURE_OPTION = Option(NOT_SURE, "I’m not sure")

ZONES = (
    ("head", "Head"),
    ("jaw", "Jaw or face"),
    ("neck", "Neck"),
    ("shldr", "Shoulder"),
    ("uarm", "Upper arm"),
    ("elbow", "Elbow"),
    ("farm", "Forearm"),
    ("hand", "Wrist or hand"),
    ("chest", "Chest"),
    ("uback", "Upper back"),
    ("lback", "Lower back"),
    ("belly", "Belly"),
    ("butt", "Buttock"),
    ("groin", "Hip or groin"),
    ("thighf", "Front of thigh"),
    ("thighb", "Back of thigh"),
    ("knee", "Knee"),
    ("shin", "Shin"),
    ("calf", "Calf"),
    ("foot", "Ankle or foot"),
)
SIDES = (("R", "right"), ("L", "left"))
ZONE_OPTIONS = tuple(
    Option(f"{zone}{letter}", f"{name}, {side}") for zone, name in ZONES for letter, side in SIDES
)

CONTACT = (
    Question(
        "contact_right",
        "Is this how we can reach you?",
        Kind.ONE,
        options=_options(yes="Yes, this is right", no="No, I want to change it"),
    ),
    Question(
        "new_phone",
        "New phone number",
        Kind.TEL,
        hint="Only if it changed.",
        is_needed=False,
        autocomplete="tel",
    ),
    Question(
        "new_email",
        "New e-mail address",
        Kind.EMAIL,
        hint="Only if it changed.",
        is_needed=False,
        autocomplete="email",
    ),
)
PEOPLE = (
    Question(
        "emergency_contact",
        "Who should we call in an emergency?",
        Kind.LINE,
        hint="Name and phone number, for example: Sam Lee, 604 555 0100.",
    ),
    Question(
        "physician",
        "Who is your family doctor?",
        Kind.LINE,
        hint="Name and clinic. Leave empty if you have none.",
        is_needed=False,
    ),
)
STORY = (
    Question("problem_start", "When did it start?", Kind.LINE, hint="For example: 3 weeks ago."),
    Question(
        "problem_cause",
        "What started it?",
        Kind.LINE,
        hint="Leave empty if you do not know.",
        is_needed=False,
    ),
    Question("problem_worse", "What makes it worse?", Kind.TEXT, is_needed=False),
    Question("problem_better", "What makes it better?", Kind.TEXT, is_needed=False),
)


def _pain(key: str, wording: str) -> Question:
    return Question(key, wording, Kind.NPRS, options=(*NPRS_OPTIONS, NOT_SURE_OPTION))


LEVEL = (
    _pain("pain_now", "How strong is your pain right now?"),
    _pain("pain_worst", "How strong was it at its worst in the last 7 days?"),
    _pain("pain_best", "How strong was it at its best in the last 7 days?"),
)
GOALS = (
    Question(
        "goal_1",
        "What would you like to be able to do again?",
        Kind.LINE,
        hint="For example: lift my child, sleep through the night, run 5 km.",
    ),
    Question("goal_2", "A second thing", Kind.LINE, is_needed=False),
    Question("goal_3", "A third thing", Kind.LINE, is_needed=False),
    Question(
        "past_care",
        "What treatment have you had for this so far?",
        Kind.TEXT,
        hint="Leave empty if none.",
        is_needed=False,
    ),
)
