"""Hold the catalogues of ``locale/`` against what the patient pages say.

    python -m tools.messages                 every fault, and what is missing as a ready fragment
    python -m tools.messages --missing fr    only that fragment
    python -m tools.messages --update fr     write it into the catalogue, drop what nothing uses

An entry that is no longer used is kept below, as gettext does (``#~``), and comes back to life
when its text does.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django import forms
from django.core import validators
from django.utils import translation
from django.utils.translation.template import templatize

from ims_clinic.languages import catalogues, language_of
from intake.form_pages import translatable_texts as texts_of_intake
from sessions.check_texts import translatable_texts as texts_of_checks
from tools.catalogues import LOCALE
from tools.console import ROOT

ROOMS = "notifications people scheduling intake assessment sessions reports ims_clinic".split()
KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_lazy": None, "ngettext_lazy": (1, 2)}
KEYWORDS |= {"pgettext_lazy": ((1, "c"), 2), "npgettext_lazy": ((1, "c"), 2, 3)}
PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)[a-z]|%[sd]|\[date\]")
HOUSE = "IMS Clinic"

# What Django itself says in the forms of the patient pages.
FIELDS = (
    *(forms.CharField, forms.EmailField, forms.RegexField, forms.IntegerField),
    *(forms.ChoiceField, forms.MultipleChoiceField, forms.BooleanField),
)
VALIDATORS = (
    validators.validate_email,
    validators.MinValueValidator,
    validators.MaxValueValidator,
    validators.ProhibitNullCharactersValidator,
)


def used() -> Catalog:
    """Every text that a patient can be shown, from code, templates and data."""
    found = Catalog()
    for path in sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        _add(found, path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "templates").rglob("*.html")):
        code = templatize(path.read_text(encoding="utf-8"))
        _add(found, "\n".join(line.strip() for line in code.splitlines()))
    for text in (*texts_of_intake(), *texts_of_checks()):
        if any(sign.isalpha() for sign in text):
            found.add(text)
    return found


def _add(found: Catalog, code: str) -> None:
    lines = extract("python", io.BytesIO(code.encode()), keywords=KEYWORDS)
    for _line, message, _comments, context in lines:
        found.add(message, context=context)


def read(catalogue: Path) -> Catalog:
    with catalogue.open("rb") as file:
        return read_po(file, abort_invalid=True)


def held(catalogue: Catalog, wanted: Message) -> Message | None:
    """The entry of a text, also when it was out of use until now."""
    return catalogue.get(wanted.id, wanted.context) or _obsolete(catalogue, wanted)


def _obsolete(catalogue: Catalog, wanted: Message) -> Message | None:
    return next(
        (
            old
            for old in catalogue.obsolete.values()
            if (old.id, old.context) == (wanted.id, wanted.context)
        ),
        None,
    )


def faults(catalogue: Catalog, wanted: Catalog) -> list[str]:
    """A sentence for each entry that is missing, doubtful, unused or has other placeholders."""
    found = [f"no translation: {_name(one)}" for one in missing(catalogue, wanted)]
    for one in _entries(catalogue):
        if one.fuzzy:
            found.append(f"doubtful (fuzzy): {_name(one)}")
        if not _is_used(one, wanted):
            found.append(f"nothing uses it: {_name(one)}")
        if not _placeholders_agree(one):
            found.append(f"other placeholders: {_name(one)}")
    return found


def missing(catalogue: Catalog, wanted: Catalog) -> list[Message]:
    """The texts without a translation in use."""
    known = {(one.id, one.context) for one in _entries(catalogue) if _is_translated(one)}
    return [one for one in _entries(wanted) if (one.id, one.context) not in known]


def built_in() -> set[str]:
    """What Django itself says in the forms of the patient pages, in English."""
    with translation.override(None):
        said = {f"{text}" for field in FIELDS for text in _errors_of(field)}
        return said | {f"{one.message}" for one in VALIDATORS}


def _errors_of(field: type[forms.Field]) -> Iterator[object]:
    for one in field.mro():
        yield from vars(one).get("default_error_messages", {}).values()


def untranslated_by_django(language: str) -> list[str]:
    """The built-in sentences that stay English; a catalogue of ours may hold them too."""
    with translation.override(language):
        return sorted(text for text in built_in() if translation.gettext(text) == text)


def _entries(catalogue: Catalog) -> list[Message]:
    return [one for one in catalogue if one.id]


def _is_used(one: Message, wanted: Catalog) -> bool:
    return wanted.get(one.id, one.context) is not None or one.id in built_in()


def _is_translated(one: Message) -> bool:
    return all(_forms(one.string))


def _placeholders_agree(one: Message) -> bool:
    """The plural's placeholders in every form; the singular may say "one" instead."""
    wanted = _placeholders(_forms(one.id)[-1])
    found = [_placeholders(form) for form in _forms(one.string) if form]
    if one.pluralizable and found and found[0] <= wanted:
        del found[0]
    return all(form == wanted for form in found)


def _forms(text: str | Sequence[str] | None) -> Sequence[str]:
    """A text alone, or singular and plural forms; nothing counts as an empty text."""
    return [text or ""] if text is None or isinstance(text, str) else text


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def _name(one: Message) -> str:
    return _forms(one.id)[0][:90]


def fragment(catalogue: Catalog, wanted: Catalog) -> str:
    """The missing entries as the catalogue would have them, with an old translation if one is."""
    part = _empty_like(catalogue)
    for one in missing(catalogue, wanted):
        _take_over(part, catalogue, one)
    file = io.BytesIO()
    write_po(file, part, omit_header=True, sort_output=True)
    return file.getvalue().decode()


def update(path: Path, wanted: Catalog) -> None:
    """Rewrite a catalogue: what is used, in the order of the alphabet, then what is not."""
    old = read(path)
    new = _empty_like(old)
    for one in _entries(wanted):
        _take_over(new, old, one)
    for one in (*_entries(old), *old.obsolete.values()):
        if new.get(one.id, one.context) is None and _is_translated(one):
            key = _forms(one.id)[0]
            new.obsolete[(key, one.context) if one.context else key] = one
    with path.open("wb") as file:
        write_po(file, new, no_location=True, sort_output=True, width=100)


def _empty_like(catalogue: Catalog) -> Catalog:
    return Catalog(
        locale=catalogue.locale,
        header_comment=catalogue.header_comment,
        project=HOUSE,
        version="1",
        msgid_bugs_address=HOUSE,
        last_translator=HOUSE,
        language_team=HOUSE,
        creation_date=catalogue.creation_date,
        revision_date=catalogue.revision_date,
        fuzzy=False,
    )


def _take_over(new: Catalog, old: Catalog, one: Message) -> None:
    known = held(old, one)
    flags = (known.flags if known else set()) & {"fuzzy"}
    new.add(one.id, known.string if known else "", context=one.context, flags=flags)


def check(catalogue: Path, wanted: Catalog) -> list[str]:
    """Every fault of one language, its code before each."""
    language = language_of(catalogue)
    left = [f"Django says it in English: {text}" for text in untranslated_by_django(language)]
    return [f"{language}: {fault}" for fault in (*faults(read(catalogue), wanted), *left)]


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.messages")
    codes = {language_of(path): path for path in catalogues(LOCALE)}
    parser.add_argument("--missing", choices=codes)
    parser.add_argument("--update", choices=codes)
    asked = parser.parse_args(words)
    wanted = used()
    if asked.update:
        update(codes[asked.update], wanted)
        return 0
    if asked.missing:
        print(fragment(read(codes[asked.missing]), wanted))
        return 0
    django.setup()
    found = {path: check(path, wanted) for path in codes.values()}
    for path, sentences in found.items():
        print("\n".join(sentences), fragment(read(path), wanted), sep="\n") if sentences else None
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
