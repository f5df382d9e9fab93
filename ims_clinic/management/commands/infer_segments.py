import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from clinical.reference import reference
from clinical.segments import infer_segments
from clinical.segments.exchange import (
    BadInputError,
    read_examination,
    report_document,
    report_text,
)


class Command(BaseCommand):
    help = "Print which nerve roots an examination (a JSON file) flags, with the reasons."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.json", help="the examination, or - for input")
        parser.add_argument("--text", action="store_true", help="for reading instead of JSON")

    def handle(self, **options: Any) -> None:
        try:
            examination = read_examination(_text_of(options["file"]), reference())
        except BadInputError as bad:
            for error in bad.errors:
                self.stderr.write(error)
            sys.exit(2)
        report = infer_segments(examination.findings, examination.context)
        if options["text"]:
            self.stdout.write(report_text(report))
        else:
            self.stdout.write(json.dumps(report_document(report), indent=2))


def _text_of(name: str) -> str:
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        raise BadInputError([f"{name}: cannot be read, {error.strerror}"]) from None
    except UnicodeDecodeError:
        raise BadInputError([f"{name}: is not UTF-8"]) from None
