"""The questions of the 24 and 48 hour check, and what of the session decides their wording.

Which row is asked when stands in ``reference/followup.csv``; the ticks here are the red answers
of its rows in plain words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from clinical.entries import FollowUpQuestion
from clinical.reference import reference

DAY_ONE, DAY_TWO = 24, 48
SORENESS, MAIN_PAIN, OVERALL = "soreness_now", "main_pain_now", "overall_feeling"
FREE_TEXT, TRAVEL, HEADACHE, NERVE = "free_text", "travel_plan", "headache_nausea", "nerve_new"

CHEST, HEAD, BELLY = "Chest and breathing", "Head and throat", "Belly and bladder"
LIMBS, SKIN, WHOLE = "Arms and legs", "Skin and needle places", "You as a whole"


class CheckKind(StrEnum):
    """How a question is answered."""

    SCORE = "score"
    CHANGE = "change"
    TICK = "tick"
    YES_NO = "yes_no"
    TEXT = "text"


@dataclass(frozen=True)
class CheckQuestion:
    """One question of the check; a tick belongs to a group."""

    id: str
    wording: str
    kind: CheckKind
    group: str = ""


@dataclass(frozen=True)
class Treated:
    """What the rules must know of the session: its day in words, the places, the scores."""

    on: str
    over_lung: bool
    neck: bool
    pain_before: int | None = None
    soreness_on_day_one: int | None = None


# The red answer of each row in plain words, in the order of the page.
TICKS: tuple[tuple[str, str, str], ...] = (
    (
        "chest_pain",
        CHEST,
        (
            "New pain in the chest, shoulder blade or top of the shoulder that is worse when you "
            "breathe in or cough"
        ),
    ),
    ("short_breath", CHEST, "More short of breath than before, even a little"),
    ("dry_cough", CHEST, "A new dry cough, or coughing up blood"),
    ("soreness_sites", CHEST, "New pain over the chest at a place that was not needled"),
    ("blue_fast_heart", CHEST, "Blue lips, a racing heart, or about to collapse"),
    (HEADACHE, HEAD, "A sudden severe headache, a stiff neck, or vomiting"),
    ("allergy", HEAD, "Swelling of the face, lips or throat, or trouble breathing"),
    ("tired_dizzy", HEAD, "Fainted, got hurt, or still dizzy"),
    (
        "cauda_equina_new",
        BELLY,
        (
            "New numbness around the genitals or back passage, trouble passing urine, or loss of "
            "bowel control"
        ),
    ),
    (
        "abdominal_flank",
        BELLY,
        (
            "New belly or side pain, blood in the urine, black stool, or pain at the tip of the "
            "shoulder"
        ),
    ),
    ("pregnancy_followup", BELLY, "If pregnant: bleeding, cramps, or the baby moves less"),
    (
        "weakness_new",
        LIMBS,
        (
            "New weakness: the foot drops, the grip is weak, the knee gives way, or the arm does "
            "not lift"
        ),
    ),
    (NERVE, LIMBS, "Strong new numbness, pins and needles, burning or shooting pain"),
    ("calf_swelling", LIMBS, "One calf or arm newly swollen, hot or painful"),
    ("bruising", SKIN, "A bruise that is larger than 5 cm, growing, or very tight and painful"),
    ("bleeding", SKIN, "A needle place bled for more than 10 minutes although I pressed on it"),
    (
        "infection_local",
        SKIN,
        "A needle place that is red, hot, swollen or draining pus, or a red line that spreads",
    ),
    ("needle_left", SKIN, "I found a needle left in my skin or clothes"),
    ("infection_general", WHOLE, "Fever, shivering, or feeling really ill"),
    ("mood", WHOLE, "The treatment upset me a lot, or I think of hurting myself"),
)
# Rows whose red answer depends on what was needled, or on the hour.
HEADACHE_AFTER_NECK = "A new headache, a stiff neck, nausea or vomiting"
NERVE_ON_DAY_TWO = "New numbness, pins and needles, burning or shooting pain that is still there"


def treated(
    muscles: Iterable[str],
    *,
    on: str,
    pain_before: int | None = None,
    soreness_on_day_one: int | None = None,
) -> Treated:
    """The session as the rules see it. A muscle that the table does not know counts as risky."""
    known = [reference().muscles.get(muscle) for muscle in muscles]
    return Treated(
        on=on,
        over_lung=any(muscle is None or muscle.pneumothorax_risk for muscle in known),
        neck=any(muscle is None or muscle.region == "head_neck" for muscle in known),
        pain_before=pain_before,
        soreness_on_day_one=soreness_on_day_one,
    )


def questions(hours: int, session: Treated) -> tuple[CheckQuestion, ...]:
    """What is asked ``hours`` (24 or 48) after this session, in order."""
    if hours not in (DAY_ONE, DAY_TWO):
        raise ValueError(f"There is no check after {hours} hours.")
    found = [_scored(SORENESS, CheckKind.SCORE), _scored(MAIN_PAIN, CheckKind.SCORE)]
    found.append(_scored(OVERALL, CheckKind.CHANGE))
    found += [
        CheckQuestion(key, _tick_words(key, words, hours, session), CheckKind.TICK, group)
        for key, group, words in TICKS
        if _is_asked(key, hours)
    ]
    if _is_asked(TRAVEL, hours) and session.over_lung:
        found.append(_scored(TRAVEL, CheckKind.YES_NO))
    found.append(_scored(FREE_TEXT, CheckKind.TEXT))
    return tuple(found)


def row_of(question: str) -> FollowUpQuestion:
    return reference().followup_by_id[question]


def _is_asked(question: str, hours: int) -> bool:
    return f"{hours}h" in row_of(question).timepoints


def _scored(question: str, kind: CheckKind) -> CheckQuestion:
    return CheckQuestion(question, row_of(question).question, kind)


def _tick_words(question: str, words: str, hours: int, session: Treated) -> str:
    if question == HEADACHE and session.neck:
        return HEADACHE_AFTER_NECK
    return NERVE_ON_DAY_TWO if question == NERVE and hours == DAY_TWO else words
