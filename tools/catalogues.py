"""Compile the catalogues of ``locale/``: ``python -m tools.catalogues``; ./dev does so itself."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from ims_clinic.languages import compiled, fingerprint, language_of, stale
from tools.console import ROOT, say

LOCALE = ROOT / "locale"
# The entry that names the text a compiled catalogue was made from; no page ever asks for it.
FINGERPRINT = "catalogue fingerprint"


def provide(folder: Path = LOCALE) -> None:
    """Compile what is missing or was made from another text."""
    for catalogue in stale(folder):
        compile_catalogue(catalogue)
        say(f"compiled the texts in {language_of(catalogue)}")


def compile_catalogue(source: Path) -> None:
    """Write the ``.mo`` of one ``.po``; a reader sees the old one or the new one, whole."""
    with source.open("rb") as text:
        catalogue = read_po(text, abort_invalid=True)
    catalogue.add(FINGERPRINT, fingerprint(source))
    target = compiled(source)
    half = target.with_name(f"{target.name}.{os.getpid()}")
    with half.open("wb") as file:
        write_mo(file, catalogue)
    half.replace(target)


if __name__ == "__main__":
    provide()
