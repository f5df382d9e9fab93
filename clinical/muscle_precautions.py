"""Where the screening of a patient asks for care at single muscles, from its stored reasons.

``reference/screening.csv`` names two groups of muscles in its region_scope: those over the lung,
and deep ones that cannot be compressed, which its row bleeding_disorder lists. What is said here
stands beside the muscle; what is forbidden is said by ``muscle_blocks``.
"""

import functools
from collections.abc import Iterable, Mapping
from typing import Any

from clinical.screening import ALERT_WORDS, LUNG_SCOPE, LUNG_SWITCH, UNSURE, lung_muscles
from clinical.vocabulary import RiskCategory

DEEP_SCOPES = ("deep muscles that cannot be compressed", "deep non-compressible muscles")
# The words of the row bleeding_disorder, and the muscles of the table that they mean.
DEEP_MUSCLES = {
    "psoas": ("psoas_major",),
    "quadratus lumborum": ("quadratus_lumborum",),
    "piriformis": ("piriformis",),
    "suboccipital": (
        "rectus_capitis_posterior_major",
        "obliquus_capitis_superior",
        "obliquus_capitis_inferior",
    ),
    "tibialis posterior": ("tibialis_posterior",),
    "scalenes": ("scalenus_anterior", "scalenus_medius", "scalenus_posterior"),
}


@functools.cache
def deep_muscles() -> tuple[str, ...]:
    """The muscles that cannot be compressed after a needle."""
    return tuple(muscle for muscles in DEEP_MUSCLES.values() for muscle in muscles)


def muscle_precautions(reasons: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """For each muscle that a reason names the words of the reason; an unsure answer says so."""
    found: dict[str, dict[str, None]] = {}
    for reason in reasons:
        if reason["category"] == RiskCategory.INFORMATIONAL:
            continue
        for muscle in _named(reason):
            found.setdefault(muscle, {})[_words(reason)] = None
    return {muscle: tuple(words) for muscle, words in found.items()}


def _named(reason: Mapping[str, Any]) -> tuple[str, ...]:
    scope = reason["region_scope"]
    lung = LUNG_SCOPE in scope and reason["question_id"] != LUNG_SWITCH
    deep = any(words in scope for words in DEEP_SCOPES)
    return (*(lung_muscles() if lung else ()), *(deep_muscles() if deep else ()))


def _words(reason: Mapping[str, Any]) -> str:
    words: str = ALERT_WORDS.get(reason["question_id"], reason["text"])
    return f"{words} (not sure)" if reason["answer"] in UNSURE else words
