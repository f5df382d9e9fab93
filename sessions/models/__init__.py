"""The rows of the sessions, by noun."""

from sessions.models.alert import Alert
from sessions.models.follow_up import FollowUpAnswer, SorenessFollowUp
from sessions.models.treatment import Addendum, NeedledMuscle, TreatmentSession

__all__ = [
    "Addendum",
    "Alert",
    "FollowUpAnswer",
    "NeedledMuscle",
    "SorenessFollowUp",
    "TreatmentSession",
]
