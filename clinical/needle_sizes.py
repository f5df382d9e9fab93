"""The needle a muscle begins with, and the longest one for it, by how deep the muscle lies.

No publication gives one length per muscle: ``reference/needles.csv`` is the clinic's default by
depth, and says so in its source.
"""

import functools

from clinical.entries import Muscle, NeedleClass
from clinical.reference import reference

SURFACE, DEEP = "surface", "deep"


def depth_of(muscle: Muscle) -> str:
    """``surface`` for a muscle that the body chart draws on its first layer, else ``deep``."""
    chart = reference().body_chart
    on_surface = any(muscle.id in chart[view][SURFACE] for view in ("front", "back"))
    return SURFACE if on_surface else DEEP


@functools.cache
def needle_class(muscle: str) -> NeedleClass:
    """The first class of the table that fits; KeyError for a muscle that is not in the tables."""
    known = reference().muscles[muscle]
    depth = depth_of(known)
    return next(one for one in reference().needles if one.fits(known, depth))
