from django.apps import AppConfig

from intake.form_pages import released_pages


class IntakeConfig(AppConfig):
    name = "intake"
    label = "intake"

    def ready(self) -> None:
        """Refuse to start on a form that is not whole."""
        released_pages()
