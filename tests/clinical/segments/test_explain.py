"""One finding in words: what, which side, and both values."""

import pytest

from clinical.reference import reference
from clinical.segments import NOT_TESTED, Finding, mrc
from clinical.segments.explain import sentence
from clinical.segments.severity import items_of

KNOWN = reference()


@pytest.mark.parametrize(
    ("finding", "words"),
    [
        (
            Finding("strength_mrc", "deltoid", mrc("4+"), 5),
            "Deltoid is weaker on the right (right 4+, left 5)",
        ),
        (
            Finding("strength_mrc", "deltoid", 4, 5, pain_inhibited_right=True),
            "Deltoid is weaker on the right (right 4, left 5, limited by pain)",
        ),
        (
            Finding("atrophy", "deltoid", 2, 0),
            "Deltoid is more wasted on the right (right 2, left 0)",
        ),
        (
            Finding("strength_dynamometer", "deltoid", 60, 100),
            "Deltoid is weaker on the right (right 60, left 100)",
        ),
        (
            Finding("reflex", "triceps", 1, NOT_TESTED),
            "Triceps reflex is lower on the right (right 1, left not tested)",
        ),
        (
            Finding("familiar_pain", "deltoid", True, False),
            "Deltoid is more tender or tight on the right (right positive, left negative)",
        ),
        (
            Finding("cervical_rotation", "", 45, 70),
            "Cervical rotation towards the painful side is small on the right (right 45, left 70)",
        ),
        (
            Finding("allodynia", "L5", 6, 0),
            (
                "Dynamic mechanical allodynia at the L5 point is changed on the right "
                "(right 6, left 0)"
            ),
        ),
        (
            Finding("light_touch", "median", 1, 2),
            "Light touch (median) is changed on the right (right 1, left 2)",
        ),
        (Finding("tenderness", "deltoid", 0, 0), "Deltoid: normal on the right (right 0, left 0)"),
    ],
)
def test_a_finding_is_said_with_its_side_and_both_values(finding, words):
    assert sentence(items_of([finding], KNOWN)[0], KNOWN) == words
