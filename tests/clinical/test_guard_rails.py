from dataclasses import replace

from clinical.guard_rails import guard_rail
from clinical.reference import reference


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
