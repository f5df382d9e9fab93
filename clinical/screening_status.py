"""The four outcomes of a screening, and which row of the table means which."""

from enum import StrEnum

from clinical.entries import ScreeningQuestion
from clinical.vocabulary import RiskCategory, Urgency

CONSENT_GROUP = "consent"


class ScreeningStatus(StrEnum):
    """What the answers together mean, gravest last."""

    CLEAR = "clear"
    CAUTION = "caution"
    CONTRAINDICATED = "contraindicated"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        """0 for clear, rising to urgent."""
        return list(ScreeningStatus).index(self)


OF_CATEGORY = {
    RiskCategory.ABSOLUTE_CONTRAINDICATION: ScreeningStatus.CONTRAINDICATED,
    RiskCategory.RELATIVE_CONTRAINDICATION: ScreeningStatus.CAUTION,
    RiskCategory.PRECAUTION: ScreeningStatus.CAUTION,
    RiskCategory.INFORMATIONAL: ScreeningStatus.CLEAR,
}
# What results of the rules up to screening-2026.1 were called; such results stay as stored.
EARLIER_WORDS = {
    "no_reason_found": ScreeningStatus.CLEAR,
    "precautions": ScreeningStatus.CAUTION,
    "review_needed": ScreeningStatus.CAUTION,
    "do_not_needle": ScreeningStatus.CONTRAINDICATED,
    "medical_referral": ScreeningStatus.URGENT,
}


def rank_of(status: ScreeningStatus) -> int:
    """How grave an outcome is, for sorting."""
    return status.rank


def is_grave(word: str) -> bool:
    """True for the stored word of an outcome that forbids needling for now."""
    return status_named(word).rank >= ScreeningStatus.CONTRAINDICATED.rank


def status_named(word: str) -> ScreeningStatus:
    """The outcome of a stored word, also of a word that earlier rules used."""
    return EARLIER_WORDS.get(word) or ScreeningStatus(word)


def status_of(question: ScreeningQuestion, category: RiskCategory) -> ScreeningStatus:
    """What meeting this rule means with this category."""
    if question.urgency >= Urgency.URGENT:
        return ScreeningStatus.URGENT
    if question.group == CONSENT_GROUP:
        return max(ScreeningStatus.CAUTION, OF_CATEGORY[category], key=rank_of)
    return OF_CATEGORY[category]
