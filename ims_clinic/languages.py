"""The languages patients can choose: English, and one more for each catalogue in ``locale/``.

Texts are written in English in the code; ``locale/<language>/LC_MESSAGES/django.po`` holds the
others. The compiled ``.mo`` beside it is made by the set-up and names the text it was made from.
"""

import hashlib
from pathlib import Path

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import to_language

SOURCE = "en"
CATALOGUE = "*/LC_MESSAGES/django.po"
COMPILE = "python -m tools.catalogues"


def catalogues(folder: Path) -> list[Path]:
    """The catalogue of every language but English."""
    return sorted(folder.glob(CATALOGUE))


def language_of(catalogue: Path) -> str:
    """The code of a catalogue's language, as in a page's ``lang``: pt-br for locale/pt_BR."""
    return to_language(catalogue.parent.parent.name)


def offered(folder: Path) -> list[tuple[str, str]]:
    """Code and English name of each language, English first.

    Raises ImproperlyConfigured for a folder that is named after no language Django knows.
    """
    codes = [SOURCE, *map(language_of, catalogues(folder))]
    return [(code, _name_of(code)) for code in codes]


def _name_of(code: str) -> str:
    info = LANG_INFO.get(code, {})
    if "name" not in info:
        raise ImproperlyConfigured(f"locale/{code}: Django knows no language of this code.")
    return str(info["name"])


def compiled(catalogue: Path) -> Path:
    """Where the compiled form of a catalogue stands."""
    return catalogue.with_suffix(".mo")


def fingerprint(catalogue: Path) -> str:
    """Changes with every change of the catalogue; the compiled form carries it."""
    return hashlib.sha256(catalogue.read_bytes()).hexdigest()


def stale(folder: Path) -> list[Path]:
    """The catalogues whose compiled form is missing or was made from another text."""
    return [one for one in catalogues(folder) if not _is_current(one)]


def _is_current(catalogue: Path) -> bool:
    made = compiled(catalogue)
    return made.exists() and fingerprint(catalogue).encode() in made.read_bytes()


def require_compiled(folder: Path) -> None:
    """Refuse to start while patients of some language would read another or an older text."""
    if left := stale(folder):
        names = ", ".join(_name_of(language_of(one)) for one in left)
        raise ImproperlyConfigured(
            f"The texts in {names} are not compiled, or changed since. Run: {COMPILE}"
        )
