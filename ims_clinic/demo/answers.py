"""What the demo patients write into the intake form."""

from collections.abc import Mapping
from random import Random

from clinical.vocabulary import Side
from ims_clinic.demo.names import Person
from ims_clinic.demo.stories import Story
from intake.form_pages import consent_questions, form_pages
from intake.questions import GIVEN, NO, NOT_GIVEN, TICKED, YES, Kind, Question, Reply
from intake.wording import ZONES as FELT

Answers = dict[str, Reply]

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
QUALITIES = (["aching"], ["sharp", "pins"], ["burning", "numb"], ["pins"])
MEDICINES = ("None", "Vitamin D", "Ibuprofen now and then", "Levothyroxine 75 mcg")

# Question ids answered yes, with what was given beside them.
Yes = Mapping[str, Reply]
NOTHING: Yes = {}
BLOOD_THINNER = {
    "anticoagulant": Reply(YES, facts={"drug": "Apixaban 5 mg twice a day"}),
    "fainting": Reply(YES),
}
PACED = {"pacemaker": Reply(YES), "diabetes": Reply(YES, facts={"control": "yes"})}
PREGNANT = {"pregnancy": Reply(YES, facts={"weeks": "14"})}
SADDLE = {"rf_saddle": Reply(YES), "rf_bladder": Reply(YES)}
WEIGHT = {
    "rf_weight_loss": Reply(YES),
    "rf_night_pain": Reply(YES),
    "cancer": Reply(YES, "Melanoma, 2019"),
}


def filled_in(
    random: Random, person: Person, story: Story, side: Side, pain: int, yes: Yes
) -> Answers:
    """An answer to every question of the form, the consent ticked."""
    zone = f"{ZONES[story.area]}{side[0].upper()}"
    felt = random.choice(QUALITIES)
    given = {
        "chief_area": Reply(zone, story.complaint, {FELT: {zone: felt}}),
        "contact_right": Reply("yes"),
        "emergency_contact": _open(person.emergency_contact),
        "physician": _open(person.physician),
        "problem_start": _open(random.choice(STARTS)),
        "problem_cause": _open(random.choice(CAUSES)),
        "problem_worse": _open(random.choice(WORSE)),
        "problem_better": _open(random.choice(BETTER)),
        "pain_now": Reply(str(pain)),
        "pain_worst": Reply(str(min(10, pain + 2))),
        "pain_best": Reply(str(max(0, pain - 3))),
        "pain_quality": Reply("aching,tingling"),
        "handedness": Reply("right"),
        "medication_list": _open(random.choice(MEDICINES)),
        "goal_1": _open(random.choice(GOALS)),
        "past_care": _open(random.choice(PAST)),
        **yes,
    }
    questions = [question for page in form_pages() for question in page.questions]
    answers = {question.id: given.get(question.id) or _plain(question) for question in questions}
    return answers | {question.id: Reply(TICKED) for question in consent_questions()}


def begun(answers: Answers, pages: int) -> Answers:
    """The answers of the first pages only: an intake left half way."""
    kept = [question.id for page in form_pages()[:pages] for question in page.questions]
    return {key: answers[key] for key in kept}


def _open(text: str) -> Reply:
    return Reply(GIVEN, text) if text else Reply(NOT_GIVEN)


def _plain(question: Question) -> Reply:
    """The answer of somebody with nothing to report."""
    return Reply(NO if question.kind in (Kind.YES_NO, Kind.CHECK) else NOT_GIVEN)
