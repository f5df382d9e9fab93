from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from clinical.reference import reference
from clinical.screening import clinic_rules
from ims_clinic.clock import require_current_zones


class ImsClinicConfig(AppConfig):
    name = "ims_clinic"
    label = "clinic"

    def ready(self) -> None:
        """Refuse to start on stale time zones, damaged reference data or unknown grades."""
        require_current_zones()
        reference()
        try:
            clinic_rules(settings.SCREENING_GRADES)
        except ValueError as unknown:
            raise ImproperlyConfigured(f"IMS_SCREENING_GRADES: {unknown}") from unknown
