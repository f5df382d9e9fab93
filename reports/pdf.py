"""The render process: HTML and CSS in, tagged PDF out. The only module that imports WeasyPrint.

Run as ``python -m reports.pdf``; it knows no Django, no database and no network. Each request is
one frame on standard input, each answer one frame on standard output (see ``frames``). Nothing is
fetched: every address but inline ``data:`` is refused and stops the document.
"""

import json
import resource
import sys
from typing import Any, BinaryIO, NoReturn

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from reports.frames import read_frame, write_frame

MEMORY_LIMIT_BYTES = 1_500_000_000


class RefusingFetcher(URLFetcher):  # type: ignore[misc]
    """Serves inline ``data:`` images and refuses everything else, files included."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Return an inline resource; raises FatalURLFetchingError for any address."""
        if url.startswith("data:image/"):
            return super().fetch(url, headers)
        self._refuse(url)

    def _refuse(self, url: str) -> NoReturn:
        raise FatalURLFetchingError(f"A document may not load {url[:80]!r}.")


FETCHER = RefusingFetcher(allowed_protocols=("data",), allow_redirects=False)
FONTS = FontConfiguration()
_stylesheets: dict[str, CSS] = {}


def render(html: str, css: str) -> bytes:
    """A PDF/UA-1 document. Same input, same bytes: the HTML itself carries the dates."""
    if css not in _stylesheets:
        _stylesheets[css] = CSS(string=css, font_config=FONTS, url_fetcher=FETCHER)
    document = HTML(string=html, url_fetcher=FETCHER)
    pdf: bytes = document.write_pdf(
        stylesheets=[_stylesheets[css]], font_config=FONTS, pdf_variant="pdf/ua-1"
    )
    return pdf


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer frames until the input ends. A document that fails is answered in words."""
    while (frame := read_frame(requests)) is not None:
        request = json.loads(frame)
        try:
            answer = b"+" + render(request["html"], request["css"])
        except (FatalURLFetchingError, ValueError, MemoryError, RecursionError) as error:
            answer = b"-" + f"{type(error).__name__}: {error}".encode()
        write_frame(answers, answer)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
    serve(sys.stdin.buffer, sys.stdout.buffer)
