"""The grouped list of the check: the answers that ask for a person, in plain words.

Each line is an answer to a row of ``reference/followup.csv``. "None of these" denies them all.
"""

from typing import NamedTuple

HEADACHE, NERVE, BRUISE, TRAVEL = "headache_nausea", "nerve_new", "bruising", "travel_plan"
SITES, YES = "soreness_sites", "yes"

CHEST, HEAD, BELLY = "Chest and breathing", "Head and throat", "Belly and bladder"
LIMBS, SKIN, WHOLE = "Arms and legs", "Skin and needle places", "You as a whole"
PLANS = "Your plans"


class Tick(NamedTuple):
    """One line of the list: the row, its part of the body, the words, and what it answers."""

    question: str
    group: str
    words: str
    value: str = YES


# In the order of the page.
TICKS: tuple[Tick, ...] = (
    Tick(
        "chest_pain",
        CHEST,
        (
            "New pain in the chest, shoulder blade or top of the shoulder that is worse when you "
            "breathe in or cough"
        ),
    ),
    Tick("short_breath", CHEST, "More short of breath than before, even a little"),
    Tick("dry_cough", CHEST, "A new dry cough, or coughing up blood"),
    Tick(SITES, CHEST, "New pain over the chest at a place that was not needled"),
    Tick("blue_fast_heart", CHEST, "Blue lips, a racing heart, or about to collapse"),
    Tick(HEADACHE, HEAD, "A sudden severe headache, a stiff neck, or vomiting"),
    Tick("allergy", HEAD, "Swelling of the face, lips or throat, or trouble breathing"),
    Tick("tired_dizzy", HEAD, "Fainted, got hurt, or still dizzy"),
    Tick(
        "cauda_equina_new",
        BELLY,
        (
            "New numbness around the genitals or back passage, trouble passing urine, or loss of "
            "bowel control"
        ),
    ),
    Tick(
        "abdominal_flank",
        BELLY,
        (
            "New belly or side pain, blood in the urine, black stool, or pain at the tip of the "
            "shoulder"
        ),
    ),
    Tick("pregnancy_followup", BELLY, "If pregnant: bleeding, cramps, or the baby moves less"),
    Tick(
        "weakness_new",
        LIMBS,
        (
            "New weakness: the foot drops, the grip is weak, the knee gives way, or the arm does "
            "not lift"
        ),
    ),
    Tick(NERVE, LIMBS, "Strong new numbness, pins and needles, burning or shooting pain"),
    Tick("calf_swelling", LIMBS, "One calf or arm newly swollen, hot or painful"),
    Tick(BRUISE, SKIN, "A bruise smaller than 2 cm, about a thumbnail", "small"),
    Tick(BRUISE, SKIN, "A bruise of 2 to 5 cm", "medium"),
    Tick(
        BRUISE, SKIN, "A bruise that is larger than 5 cm, growing, or very tight and painful", YES
    ),
    Tick("bleeding", SKIN, "A needle place bled for more than 10 minutes although I pressed on it"),
    Tick(
        "infection_local",
        SKIN,
        "A needle place that is red, hot, swollen or draining pus, or a red line that spreads",
    ),
    Tick("needle_left", SKIN, "I found a needle left in my skin or clothes"),
    Tick("infection_general", WHOLE, "Fever, shivering, or feeling really ill"),
    Tick("mood", WHOLE, "The treatment upset me a lot, or I think of hurting myself"),
    Tick(TRAVEL, PLANS, "I will fly, dive or go to high mountains in the next 3 days"),
)
# Rows whose red answer depends on what was needled, or on the hour.
HEADACHE_AFTER_NECK = "A new headache, a stiff neck, nausea or vomiting"
NERVE_ON_DAY_TWO = "New numbness, pins and needles, burning or shooting pain that is still there"
