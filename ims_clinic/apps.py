from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from clinical.exercises import starter_exercises
from clinical.outcome_measures import measures
from clinical.reference import reference
from clinical.screening import clinic_rules
from ims_clinic.clock import require_current_zones
from ims_clinic.languages import require_compiled


class ImsClinicConfig(AppConfig):
    name = "ims_clinic"
    label = "clinic"

    def ready(self) -> None:
        """Refuse to start on stale time zones or texts, damaged reference data, unknown grades."""
        require_current_zones()
        reference()
        starter_exercises()
        if not settings.DATABASE_FREE:  # those commands speak to no patient
            require_compiled(settings.LOCALE_PATHS[0])
        try:
            clinic_rules(settings.SCREENING_GRADES)
        except ValueError as unknown:
            raise ImproperlyConfigured(f"IMS_SCREENING_GRADES: {unknown}") from unknown
        if strange := set(settings.LICENSED_MEASURES) - measures().keys():
            raise ImproperlyConfigured(f"IMS_LICENSED_MEASURES: unknown {', '.join(strange)}")
