import pytest

from clinical.body_chart import muscle_panels
from clinical.body_chart.figure import MUSCLE_LAYERS, Layer, View, check_panel, panels
from clinical.reference import reference

KNOWN = reference()


def test_the_front_has_four_layers_and_the_back_also_the_spine() -> None:
    assert [layer for view, layer in panels() if view is View.FRONT] == [
        Layer.SURFACE,
        Layer.DEEP,
        Layer.DERMATOMES,
        Layer.PAIN,
    ]
    assert [layer for view, layer in panels() if view is View.BACK] == list(Layer)


def test_every_muscle_of_the_table_has_a_shape_and_every_shape_a_muscle() -> None:
    layers = [(view, layer) for view, layer in panels() if layer in MUSCLE_LAYERS]
    drawn = {key for view, layer in layers for key in KNOWN.body_chart[view][layer]}
    assert drawn == set(KNOWN.muscles)


def test_a_layer_that_a_view_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no spine layer on the front"):
        check_panel("front", "spine")


@pytest.mark.parametrize(("view", "layer"), [("side", "deep"), ("front", "bones")])
def test_an_unknown_view_or_layer_is_refused(view: str, layer: str) -> None:
    with pytest.raises(ValueError, match=r"side|bones"):
        check_panel(view, layer)


def test_muscles_lead_to_the_panels_that_show_them() -> None:
    assert muscle_panels([]) == ()
    assert muscle_panels(["piriformis"]) == ((View.BACK, Layer.DEEP),)
    assert muscle_panels(["multifidus_sacral", "masseter"]) == (
        (View.FRONT, Layer.SURFACE),
        (View.BACK, Layer.SPINE),
    )


def test_every_muscle_appears_on_at_least_one_panel() -> None:
    assert [muscle for muscle in KNOWN.muscles if not muscle_panels([muscle])] == []


def test_an_unknown_muscle_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="no such muscle: aaa, grinmuscle"):
        muscle_panels(["grinmuscle", "deltoid", "aaa"])
