"""A draft of the neck and arm, and what fills it in."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from assessment.cells import Cell
from assessment.choices import Battery
from assessment.models import Assessment
from assessment.services import save_cells
from clinical.vocabulary import Side
from people.models import Practitioner
from tests import factories

# A clear C6 pattern: sign, site, value on the affected and on the other side.
C6 = (
    ("strength_mrc", "extensor_carpi_radialis_brevis", "4", "5"),
    ("strength_mrc", "pronator_teres", "4", "5"),
    ("strength_mrc", "first_dorsal_interosseous", "5", "5"),
    ("muscle_tone", "brachioradialis", "3", "0"),
    ("tenderness", "brachioradialis", "2", "1"),
    ("reflex", "brachioradialis", "1", "2"),
    ("pinprick", "C6", "1", "2"),
    ("paraspinal_band", "C6", "3", "0"),
)

Examine = Callable[..., Assessment]


@pytest.fixture
def practitioner(db: None) -> Practitioner:
    return factories.make_practitioner()


@pytest.fixture
def draft(practitioner: Practitioner) -> Assessment:
    return factories.make_assessment(practitioner=practitioner, battery=Battery.NECK_ARM)


def c6_cells(affected: Side = Side.RIGHT) -> list[Cell]:
    return [
        Cell(sign, site, side, Decimal(value))
        for sign, site, own, other in C6
        for side, value in ((affected, own), (affected.other, other))
    ]


@pytest.fixture
def examined(draft: Assessment) -> Assessment:
    """The draft with a C6 pattern on the right."""
    return save_cells(pk=draft.pk, cells=c6_cells())
