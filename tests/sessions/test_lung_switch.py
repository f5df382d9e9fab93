from typing import Any

import pytest
from django.core.exceptions import ValidationError

from clinical.screening import lung_muscles
from sessions.models import TreatmentSession
from tests.sessions.conftest import needle


def test_the_clinics_switch_blocks_the_muscles_over_the_lung(
    treatment: TreatmentSession, settings: Any
) -> None:
    settings.LUNG_MUSCLES_BLOCKED = True
    with pytest.raises(ValidationError, match="does not needle muscles over the lung"):
        needle(treatment, lung_muscles()[0])
    assert needle(treatment, "deltoid").muscle == "deltoid"
