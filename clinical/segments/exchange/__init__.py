"""Examinations as JSON documents in, reports as JSON documents or plain text out."""

from clinical.segments.exchange.reading import (
    BadInputError,
    Examination,
    read_document,
    read_examination,
)
from clinical.segments.exchange.writing import report_document, report_text

__all__ = [
    "BadInputError",
    "Examination",
    "read_document",
    "read_examination",
    "report_document",
    "report_text",
]
