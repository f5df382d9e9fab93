from django import template

from scheduling.status import Look, look_of

register = template.Library()


@register.filter
def look(status: str) -> Look:
    """The card class, pill tone and icon of an appointment's status."""
    return look_of(status)
