from dataclasses import replace

from clinical.guard_rails import both_sides, guard_rail, lung_signs
from clinical.reference import reference
from clinical.screening import lung_muscles


def test_every_muscle_over_the_lung_has_a_caution_with_a_source() -> None:
    over = [m for m in reference().muscles.values() if m.pneumothorax_risk]
    rails = [guard_rail(muscle) for muscle in over]
    assert len(rails) > 30
    assert all(rail is not None and rail.is_over_lung and rail.sources for rail in rails)


def test_the_sentence_names_what_lies_near() -> None:
    rail = guard_rail(reference().muscles["trapezius_lower"])
    assert rail is not None
    assert rail.text == "Near: pleura."


def test_a_muscle_without_any_danger_has_no_sentence() -> None:
    muscle = reference().muscles["deltoid"]
    assert guard_rail(replace(muscle, danger_structures=(), pneumothorax_risk=False)) is None


def test_the_lung_is_named_also_when_no_structure_is() -> None:
    muscle = replace(reference().muscles["trapezius_lower"], danger_structures=())
    rail = guard_rail(muscle)
    assert rail is not None
    assert (rail.is_over_lung, rail.text) == (True, "")


def test_both_sides_of_the_thorax_are_warned_about_whichever_comes_first() -> None:
    lung = lung_muscles()[:2]
    one, other = [(lung[0], "right"), (lung[1], "left")], [(lung[0], "left"), (lung[1], "right")]
    found = both_sides(one)
    assert found == both_sides(other)
    assert found is not None
    assert "one side of the thorax per session" in found.text
    assert found.sources == reference().screening_by_id["bilateral_thorax"].sources
    assert both_sides([(lung[0], "right"), (lung[1], "right"), ("deltoid", "left")]) is None


def test_the_second_tick_is_asked_for_muscles_over_the_lung_only() -> None:
    found = lung_signs(["deltoid", lung_muscles()[0]])
    row = reference().screening_by_id["consent_pneumothorax_signs"]
    assert found is not None
    assert (found.signs, found.sources) == (row.question, row.sources)
    assert lung_signs(["deltoid"]) is None
    assert lung_signs([]) is None
