"""How the screening rules weigh, in words, for ``docs/clinical-sources.md``."""

from clinical.screening import RULESET_VERSION
from clinical.screening_facts import FIRST_TRIMESTER_ENDS, HEALING_MONTHS, INR_LIMIT

WEIGHTS_HEADER = ("a row with", "means", "because")
WEIGHTS = (
    (
        "urgency emergency, same day or urgent",
        "urgent",
        "somebody medical sees the patient first; no grade of the clinic lowers it",
    ),
    (
        "absolute contraindication",
        "contraindicated",
        'no needling in the scope of the row; "all" means none at all',
    ),
    (
        "relative contraindication or precaution",
        "caution",
        "may be needled once what the row asks for is done",
    ),
    (
        "informational",
        "no weight",
        "the row asks for an act, it is never a ground to refuse; the reason is still listed",
    ),
    ('triggering answer "any"', "no weight", "what was answered is listed as information"),
)

CHOICES = f"""Rules {RULESET_VERSION} (`clinical/screening.py`). Each answer that meets its
rule gives a reason; the gravest reason is the outcome. Choices where the rows leave room:

- Not sure, maybe, or no answer to a yes/no question is caution, never clear, whatever the row, and
  the action says to ask before needling. It is a question to be asked, not a finding; the reason
  keeps the urgency of its row, and the intake is marked in the inbox like a red flag. An unknown
  date of birth is an unknown age.
- A row of category precaution with urgency urgent (pain that is worst at night) is urgent: the
  urgency column is followed, also where the row calls the sign weak when alone.
- A contraindication of a region is contraindicated as outcome; the scope says where.
- A statement of the consent that was expressly not ticked is caution: needling waits for it. One
  that was not asked does not count; the consent is a record of its own.
- Two rows are not the patient's: whether the clinic needles over the lung, and whether both sides
  of the chest are planned. They count when they are given. The clinic's switch lists every muscle
  over the lung as blocked, without making every patient of the clinic unsuitable.
- The age comes from the date of birth and the day of the screening. Where a yes to "under 18" and
  the date of birth differ, the graver holds.

What stands beside an answer may make its rule stricter, never milder; what is not given changes
nothing:
"""

FACTS_HEADER = ("beside", "effect", "source")
FACTS = (
    (
        f"pregnancy: under {FIRST_TRIMESTER_ENDS} completed weeks",
        "absolute contraindication",
        'first trimester "generally do not needle" (row); its end: ACOG_TRIMESTER',
    ),
    (
        f"operation: within {HEALING_MONTHS} months",
        "absolute contraindication of the operated region",
        '"last 3 months", "no needling of a healing area" (row)',
    ),
    (
        f"INR of {INR_LIMIT} or more",
        "relative contraindication",
        '"practice often wants INR < 4" (row, RECALLED)',
    ),
    (
        "diabetes not well controlled",
        "relative contraindication",
        '"unstable diabetes: ask the doctor" (row)',
    ),
    (
        "date of the INR, of a flight or dive",
        "said in the action",
        "no limit was found in a source",
    ),
)

GRADES = """The clinic may give any rule a category of its own (`IMS_SCREENING_GRADES`); of that
and a fact the stricter holds. Answering a rule's question with its triggering answer instead of no
never makes the outcome milder, and not sure is never milder than no. One thing can become milder by
knowing more: an informational question that was open is caution; answered yes it has no weight.

Six questions ask before a later session what has changed (`clinical/rescreening.py`). A yes sets
the answers of the rules it is about to yes, a new medicine sets three of them to not sure; not sure
and an open question set them to not sure. An earlier yes always stays, and the same rules are run.
"""
