import pytest
from django.template.loader import render_to_string

from assessment.choices import Decision
from assessment.models import FlagDecision
from assessment.page import plan_shown
from clinical.muscle_blocks import MuscleBlock
from clinical.screening import lung_muscles

C5 = FlagDecision(root="C5", side="right", decision=Decision.ACCEPTED)


@pytest.mark.parametrize(
    ("is_absolute", "words"),
    [(True, "Blocked for this patient"), (False, "Only with a written reason")],
)
def test_the_plan_marks_the_muscles_that_the_screening_blocks(
    is_absolute: bool, words: str
) -> None:
    block = MuscleBlock("previous_pneumothorax", "Collapsed lung before", "No.", is_absolute)
    plan = plan_shown([C5], {}, block)
    marked = {one["row"].muscle for one in plan if one["block"]}
    assert marked == {one["row"].muscle for one in plan} & set(lung_muscles())
    assert 0 < len(marked) < len(plan)
    page = render_to_string("assessment/_plan.html", {"plan": plan})
    assert page.count(f"<b>{words}:</b> Collapsed lung before") == len(marked)


def test_without_a_block_no_muscle_of_the_plan_is_marked() -> None:
    assert [one["block"] for one in plan_shown([C5], {}) if one["block"]] == []
