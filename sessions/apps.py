from django.apps import AppConfig


class TreatmentSessionsConfig(AppConfig):
    """Django's own ``sessions`` app owns that label, so ours has another one."""

    name = "sessions"
    label = "treatment_sessions"
