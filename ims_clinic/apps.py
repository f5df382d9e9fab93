from django.apps import AppConfig

from clinical.reference import reference
from ims_clinic.clock import require_current_zones


class ImsClinicConfig(AppConfig):
    name = "ims_clinic"
    label = "clinic"

    def ready(self) -> None:
        """Refuse to start on stale time zones or damaged clinical reference data."""
        require_current_zones()
        reference()
