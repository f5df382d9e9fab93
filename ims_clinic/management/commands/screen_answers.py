import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from clinical.screening_input import BadScreening, as_json, read_case, weigh

BAD_INPUT = 2


class Command(BaseCommand):
    help = "Weigh the screening answers of a JSON file; needs neither database nor web server."
    requires_system_checks: Any = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a JSON file, or - for the standard input")

    def handle(self, *, file: str, **_options: Any) -> None:
        try:
            outcome = weigh(read_case(self.text_of(file)))
        except BadScreening as refused:
            for fault in refused.faults:
                self.stderr.write(fault)
            sys.exit(BAD_INPUT)
        self.stdout.write(json.dumps(as_json(outcome), indent=2))

    def text_of(self, file: str) -> str:
        """The whole input as text; raises ``BadScreening`` where it cannot be read."""
        try:
            raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            return raw.decode("utf-8-sig")
        except OSError as fault:
            raise BadScreening([f"{file}: cannot be read: {fault.strerror}"]) from fault
        except UnicodeDecodeError as fault:
            raise BadScreening([f"{file}: not UTF-8 text"]) from fault
