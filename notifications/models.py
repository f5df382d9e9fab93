from django.db import models
from django.utils import timezone

from notifications.choices import Channel, MessageStatus


class Message(models.Model):
    """One message to one person. It says nothing clinical; a link in it opens the page."""

    channel = models.CharField(max_length=10, choices=Channel, default=Channel.EMAIL)
    address = models.CharField(max_length=254)
    recipient = models.CharField(max_length=160)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    secret_link = models.URLField(
        max_length=300, blank=True, help_text="Cleared once delivered, except in the demo mailbox."
    )
    status = models.CharField(
        max_length=10, choices=MessageStatus, default=MessageStatus.WAITING, db_index=True
    )
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.subject} ({self.get_status_display()})"
