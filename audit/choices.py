from django.db import models


class Action(models.TextChoices):
    """What happened. The first three are written by the database trigger itself."""

    INSERT = "insert", "row added"
    UPDATE = "update", "row changed"
    DELETE = "delete", "row removed"
    VIEW = "view", "page read"
    PRINT = "print", "document made"
    CREATE = "create", "created"
    CHANGE = "change", "changed"
    SIGN = "sign", "signed"
    SEND = "send", "sent"
    SUBMIT = "submit", "submitted by the patient"
    DENY = "deny", "refused"
