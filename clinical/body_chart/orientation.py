"""Right and left on the drawing. Nothing else in the body chart decides it."""

from enum import StrEnum

from clinical.body_chart.curves import number
from clinical.vocabulary import Side

WIDTH, HEIGHT = 480, 960
MIDLINE = WIDTH // 2


class View(StrEnum):
    """From where the patient is looked at."""

    FRONT = "front"
    BACK = "back"


def side_transform(view: str, side: Side) -> int:
    """1 when the patient's side is the viewer's right on this view, -1 when the viewer's left.

    From the front the patient's right is the viewer's left; from the back it is the right.
    """
    return 1 if (side is Side.RIGHT) == (View(view) is View.BACK) else -1


def matrix(view: str, side: Side) -> str:
    """The transform attribute that puts one half of the body on its side."""
    return f'transform="matrix({side_transform(view, side)} 0 0 1 {MIDLINE} 0)"'


def x_of(u: float, view: str, side: Side) -> str:
    """The place on the canvas of a point ``u`` away from the midline."""
    return number(MIDLINE + side_transform(view, side) * u)
