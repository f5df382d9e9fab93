from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from notifications.models import Message
from people.access import staff

A_PAGE = 25


@staff()
def messages_sent(request: HttpRequest) -> HttpResponse:
    """The demo clinic's mailbox: every message with its link. Exists in the demo only."""
    if not settings.DEMO:
        raise Http404("Messages are shown in the demo clinic only.")
    words = request.GET.get("q", "").replace("\0", "").strip()
    found = Message.objects.filter(recipient__icontains=words) if words else Message.objects.all()
    page = Paginator(found.order_by("-id"), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "clinic/messages.html", {"page": page, "words": words})
