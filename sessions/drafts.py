"""The open session under a lock: whoever writes a session begins here."""

from sessions.models import TreatmentSession


class AlreadySigned(Exception):
    """A signed session is closed; ``str()`` is the sentence for the user."""

    def __init__(self) -> None:
        super().__init__("This session is signed and cannot be changed. Add an addendum instead.")


def locked_session(treatment: TreatmentSession) -> TreatmentSession:
    """The session locked for a change. Raises AlreadySigned."""
    locked = TreatmentSession.objects.select_for_update().get(pk=treatment.pk)
    if locked.is_signed:
        raise AlreadySigned
    return locked
