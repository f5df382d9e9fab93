"""A Chromium for the browser tests: a given one, one on PATH, the system's, or an npm package."""

import os
import shutil
import subprocess
from pathlib import Path

from tools import assets
from tools.console import LOCAL, ROOT, say
from tools.system_libraries import add_library_path, apt_install

NAMES = ("chromium", "chromium-browser", "google-chrome")
UNPACKED = LOCAL / "chromium"


def provide() -> str:
    """Return the path of a Chromium that answers; sets CHROMIUM for child processes."""
    path = given() or installed() or (installed() if apt_install("chromium") else "") or unpacked()
    os.environ["CHROMIUM"] = path
    return path


def given() -> str:
    path = os.environ.get("CHROMIUM", "")
    return path if shutil.which(path) and answers(path) else ""


def installed() -> str:
    for name in NAMES:
        path = shutil.which(name)
        if path and answers(path):
            return path
    return ""


def answers(path: str) -> bool:
    """True when the program really starts."""
    done = subprocess.run([path, "--version"], capture_output=True, check=False)
    return done.returncode == 0


def unpacked() -> str:
    """Chromium of an npm package, unpacked with Node's own brotli; needs no root."""
    program = UNPACKED / "chromium"
    if not program.exists():
        say("unpacking Chromium from its npm package (70 MB)")
        work = assets.install_locked(ROOT / "tools" / "chromium", LOCAL / "npm-chromium")
        packed = work / "node_modules" / "@sparticuz" / "chromium" / "bin"
        half = UNPACKED.with_suffix(".new")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir()
        unpack_all(packed, half)
        shutil.rmtree(work)
        half.rename(UNPACKED)
    for library_folder in {path.parent for path in UNPACKED.rglob("*.so*")}:
        add_library_path(library_folder)
    return str(program)


def unpack_all(packed: Path, folder: Path) -> None:
    for archive in packed.rglob("*.br"):
        content = brotli(archive)
        if archive.name.endswith(".tar.br"):
            subprocess.run(["tar", "-x", "-C", str(folder)], input=content, check=True)
        else:
            target = folder / archive.stem
            target.write_bytes(content)
            target.chmod(0o755)


def brotli(archive: Path) -> bytes:
    """Decompress with Node, which is here anyway."""
    script = (
        "const fs = require('fs'), zlib = require('zlib');"
        "process.stdout.write(zlib.brotliDecompressSync(fs.readFileSync(process.argv[1])))"
    )
    node = shutil.which("node") or assets.npm()[0]
    done = subprocess.run([node, "-e", script, str(archive)], capture_output=True, check=True)
    return done.stdout
