"""The rows of the sessions, by noun."""

from sessions.models.adverse import AdverseClosing, AdverseEvent
from sessions.models.advice import AdviceGiven
from sessions.models.alert import Alert
from sessions.models.care_plan import CarePlan, PlannedSession
from sessions.models.caution import CautionReason
from sessions.models.check_draft import CheckDraft
from sessions.models.co_signature import CoSignature
from sessions.models.count import CountClosure
from sessions.models.exercise import Exercise, PrescribedExercise
from sessions.models.follow_up import FollowUpAnswer, SorenessFollowUp
from sessions.models.outcome import OutcomeScore
from sessions.models.retest import Retest
from sessions.models.saved_change import SavedChange
from sessions.models.treatment import Addendum, NeedledMuscle, TreatmentSession

__all__ = [
    "Addendum",
    "AdverseClosing",
    "AdverseEvent",
    "AdviceGiven",
    "Alert",
    "CarePlan",
    "CautionReason",
    "CheckDraft",
    "CoSignature",
    "CountClosure",
    "Exercise",
    "FollowUpAnswer",
    "NeedledMuscle",
    "OutcomeScore",
    "PlannedSession",
    "PrescribedExercise",
    "Retest",
    "SavedChange",
    "SorenessFollowUp",
    "TreatmentSession",
]
