"""What the demo patients write into the intake form."""

from collections.abc import Mapping
from random import Random

from clinical.vocabulary import Side
from ims_clinic.demo.names import Person
from ims_clinic.demo.stories import Story
from intake.form_pages import consent_questions, form_pages
from intake.questions import GIVEN, NO, NOT_GIVEN, TICKED, YES, Kind, Question

Answers = dict[str, tuple[str, str]]

ZONES = {
    "shoulder": "shldr",
    "forearm": "farm",
    "arm": "uarm",
    "hand": "hand",
    "thigh": "thighf",
    "buttock": "butt",
    "calf": "calf",
    "neck": "neck",
}
STARTS = ("About 6 weeks ago", "8 months ago", "Last winter", "In spring", "Over a year ago")
CAUSES = ("A long drive", "Moving house", "Working at a small desk", "")
WORSE = ("Sitting for more than an hour", "Lifting", "At night on that side", "Stairs")
BETTER = ("Heat", "Walking", "Lying down", "Stretching helps for an hour")
GOALS = ("Sleep through the night", "Carry my shopping", "Run 5 km", "Play the violin again")
PAST = ("Massage, it helped for a day", "Six physiotherapy visits elsewhere", "")
MEDICINES = ("None", "Vitamin D", "Ibuprofen now and then", "Levothyroxine 75 mcg")

# Question ids answered yes, with what was written beside them.
NOTHING: Mapping[str, str] = {}
BLOOD_THINNER = {"anticoagulant": "Apixaban 5 mg twice a day", "fainting": ""}
PACED = {"pacemaker": "", "diabetes": "Yes, well controlled"}
PREGNANT = {"pregnancy": "14 weeks"}
SADDLE = {"rf_saddle": "", "rf_bladder": ""}
WEIGHT = {"rf_weight_loss": "", "rf_night_pain": "", "cancer": "Melanoma, 2019"}


def filled_in(
    random: Random, person: Person, story: Story, side: Side, pain: int, yes: Mapping[str, str]
) -> Answers:
    """An answer to every question of the form, the consent ticked."""
    letter = "R" if side == Side.RIGHT else "L"
    given = {
        "chief_area": (f"{ZONES[story.area]}{letter}", story.complaint),
        "contact_right": ("yes", ""),
        "emergency_contact": _open(person.emergency_contact),
        "physician": _open(person.physician),
        "problem_start": _open(random.choice(STARTS)),
        "problem_cause": _open(random.choice(CAUSES)),
        "problem_worse": _open(random.choice(WORSE)),
        "problem_better": _open(random.choice(BETTER)),
        "pain_now": (str(pain), ""),
        "pain_worst": (str(min(10, pain + 2)), ""),
        "pain_best": (str(max(0, pain - 3)), ""),
        "pain_quality": ("aching,tingling", ""),
        "handedness": ("right", ""),
        "medication_list": _open(random.choice(MEDICINES)),
        "goal_1": _open(random.choice(GOALS)),
        "past_care": _open(random.choice(PAST)),
        **{key: (YES, detail) for key, detail in yes.items()},
    }
    questions = [question for page in form_pages() for question in page.questions]
    answers = {question.id: given.get(question.id) or _plain(question) for question in questions}
    return answers | {question.id: (TICKED, "") for question in consent_questions()}


def begun(answers: Answers, pages: int) -> Answers:
    """The answers of the first pages only: an intake left half way."""
    kept = [question.id for page in form_pages()[:pages] for question in page.questions]
    return {key: answers[key] for key in kept}


def _open(text: str) -> tuple[str, str]:
    return (GIVEN, text) if text else (NOT_GIVEN, "")


def _plain(question: Question) -> tuple[str, str]:
    """The answer of somebody with nothing to report."""
    return (NO if question.kind == Kind.YES_NO else NOT_GIVEN), ""
