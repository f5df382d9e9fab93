"""What the commands say, and how they stop."""

import sys
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / ".local"
_begun = time.perf_counter()


def say(text: str) -> None:
    """One line with the seconds since the start."""
    print(f"-- [{time.perf_counter() - _begun:5.1f} s] {text}", flush=True)


def fail(text: str) -> NoReturn:
    """Stop with a sentence that says what to do."""
    print(f"!! {text}", file=sys.stderr, flush=True)
    raise SystemExit(1)
