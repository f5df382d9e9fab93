from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string


def say_with_undo(
    request: HttpRequest, words: str, address: str, values: Mapping[str, str]
) -> None:
    """A message with a button that posts ``values``, what was before, to ``address``."""
    context = {"words": words, "address": address, "values": values}
    messages.success(request, render_to_string("scheduling/undo.html", context, request))
