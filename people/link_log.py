"""Keeps the secrets of links out of the log: Django names the address of every refused request."""

import logging
import re

SECRET = re.compile(r"(?<=/)[\w.:%-]{40,}")


class NoSecrets(logging.Formatter):
    """Replaces every long part of an address in a line."""

    def format(self, record: logging.LogRecord) -> str:
        return SECRET.sub("[secret]", super().format(record))
