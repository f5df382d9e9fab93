from datetime import date


class DayConverter:
    """A day in an address, as 2026-11-26. A day the calendar does not have is no such page."""

    regex = r"(?:19|20|21)\d{2}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()
