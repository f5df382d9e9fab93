"""The render process: real WeasyPrint, hostile input, limits."""

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pypdf
import pytest

from reports.documents import stylesheet
from reports.rendering import CannotRender, RenderProcess

PAGE = "<!doctype html><html lang='en'><head><title>T</title></head><body>{}</body></html>"


@pytest.fixture(scope="module")
def process() -> Iterator[RenderProcess]:
    process = RenderProcess()
    yield process
    process.stop()


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server that notes every request it gets."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_a_document_is_tagged_titled_and_readable(process: RenderProcess) -> None:
    pdf = process.render(
        PAGE.format("<h1>Session note</h1><p>Right infraspinatus</p>"), stylesheet()
    )
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en"
        assert document.docinfo["/Title"] == "T"
    assert "Right infraspinatus" in text_of(pdf)
    assert "Page 1 of 1" in text_of(pdf)


def test_the_fonts_of_a_document_are_the_projects_own_and_embedded(process: RenderProcess) -> None:
    pdf = process.render(
        PAGE.format("<p>Plain <b>bold</b></p><svg><text>s</text></svg>"), stylesheet()
    )
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = [
            font for page in document.pages for font in page.Resources.get("/Font", {}).values()
        ]
        names = {str(font.BaseFont) for font in fonts}
        descriptors = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        embedded = [{"/FontFile2", "/FontFile3"} & set(one.keys()) for one in descriptors]
    assert names
    assert all("DejaVu" in name for name in names)
    assert all(embedded)


def test_same_input_gives_same_bytes(process: RenderProcess) -> None:
    first, second = RenderProcess(), process
    try:
        html = PAGE.format("<h1>One</h1><table><tr><th>a</th><td>b</td></tr></table>")
        assert first.render(html, stylesheet()) == second.render(html, stylesheet())
    finally:
        first.stop()


HOSTILE = [
    '<img src="{url}/img">',
    '<link rel="stylesheet" href="{url}/css">',
    '<style>@import url("{url}/import");</style>',
    '<style>@font-face{{font-family:x;src:url("{url}/font")}} p{{font-family:x}}</style><p>x</p>',
    '<p style="background:url({url}/background)">x</p>',
    '<object data="{url}/object"></object>',
    '<embed src="{url}/embed">',
    '<svg width="9" height="9"><image href="{url}/svg" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><use href="{url}/use#a"/></svg>',
    '<link rel="attachment" href="{file}">',
    '<a rel="attachment" href="{file}">x</a>',
    '<img src="{file}">',
    '<object data="{file}"></object>',
    '<link rel="stylesheet" href="{file}">',
    '<img src="ftp://127.0.0.1/x">',
    '<base href="{url}/"><img src="relative">',
]


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_html_fetches_nothing_and_embeds_nothing(
    payload: str, process: RenderProcess, listener: tuple[str, list[str]], tmp_path: Path
) -> None:
    url, asked = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    html = PAGE.format(payload.format(url=url, file=secret.as_uri()))
    pdf = rendered_or_refused(process, html)
    assert asked == []
    if pdf:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert len(document.attachments) == 0
        assert b"the secret" not in pdf


def rendered_or_refused(process: RenderProcess, html: str) -> bytes:
    """The document, or nothing when it was refused because of what it wanted to load."""
    try:
        return process.render(html, stylesheet())
    except CannotRender as refusal:
        if "may not load" not in str(refusal):
            raise
        return b""


def test_a_document_that_takes_too_long_is_ended_and_the_next_one_works() -> None:
    process = RenderProcess(seconds=0.05)
    try:
        with pytest.raises(CannotRender, match="took over"):
            process.render(PAGE.format("<p>x</p>" * 20_000), stylesheet())
        process.seconds = 30
        assert process.render(PAGE.format("<p>x</p>"), stylesheet()).startswith(b"%PDF")
    finally:
        process.stop()


def test_a_killed_render_process_is_replaced(process: RenderProcess) -> None:
    process.render(PAGE.format("x"), stylesheet())
    process._child.kill()  # type: ignore[union-attr]
    process._child.wait()  # type: ignore[union-attr]
    assert process.render(PAGE.format("y"), stylesheet()).startswith(b"%PDF")


def test_a_render_process_that_is_stopped_leaves_nothing_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    process = RenderProcess()
    font = '<style>@font-face{font-family:x;src:url("data:font/ttf;base64,AA==")}</style>'
    with pytest.raises(CannotRender):
        process.render(PAGE.format(font), stylesheet())
    assert list(tmp_path.iterdir()) != []
    process.stop()
    assert list(tmp_path.iterdir()) == []
