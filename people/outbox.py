"""The key of the changes that a browser keeps until the server has answered them."""

import hmac

from django.conf import settings

from people.models import User


def outbox_key(user: User) -> bytes:
    """32 bytes that only this user gets, the same after every sign-in (HKDF, RFC 5869).

    A new secret key of the clinic or a new ``outbox_salt`` makes what was kept unreadable.
    """
    extracted = hmac.digest(user.outbox_salt.bytes, settings.SECRET_KEY.encode(), "sha256")
    return hmac.digest(extracted, f"outbox of user {user.pk}".encode() + b"\x01", "sha256")
