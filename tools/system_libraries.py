"""Pango for the documents and libatomic for the browser tests: found, installed, or unpacked."""

import ctypes
import os
import shutil
import subprocess
from pathlib import Path

from tools.console import LOCAL, fail, say

DOCUMENTS = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
BROWSER = {"libatomic.so.1": "libatomic1"}
NATIVE = LOCAL / "native"


def is_root() -> bool:
    return os.geteuid() == 0


def apt_install(*packages: str) -> bool:
    """Install Debian packages where we may; False where we may not or it failed."""
    if not is_root() or not shutil.which("apt-get"):
        return False
    say("installing system packages: " + " ".join(packages))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, capture_output=True, check=False)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    lock = ["-o", "DPkg::Lock::Timeout=300"]
    done = subprocess.run([*command, *lock, *packages], env=quiet, capture_output=True, check=False)
    return done.returncode == 0


def missing(libraries: dict[str, str]) -> list[str]:
    """The Debian packages of the libraries that cannot be loaded."""
    packages = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            if not list(NATIVE.rglob(library)):
                packages.append(package)
    return packages


def provide(libraries: dict[str, str]) -> None:
    """Make the libraries loadable for the processes started from here."""
    packages = missing(libraries)
    if packages and not apt_install(*packages):
        unpack(packages)
    use_unpacked()


def unpack(packages: list[str]) -> None:
    """Without root: download the packages and unpack them below .local/native."""
    advice = "apt-get install " + " ".join(packages)
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        fail(f"System libraries are missing. As root: {advice}")
    say("unpacking system libraries into .local/native: " + " ".join(packages))
    plan = subprocess.run(
        ["apt-get", "install", "-s", "--no-install-recommends", *packages],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    names = [line.split()[1] for line in plan.splitlines() if line.startswith("Inst")]
    half = NATIVE.with_suffix(".new")
    shutil.rmtree(half, ignore_errors=True)
    downloads = half / "downloads"
    downloads.mkdir(parents=True)
    got = subprocess.run(
        ["apt-get", "download", "-qq", *names], cwd=downloads, capture_output=True, check=False
    )
    if not names or got.returncode:
        fail(f"System libraries are missing and could not be downloaded. As root: {advice}")
    for archive in downloads.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", archive, half], check=True)
    shutil.rmtree(downloads)
    NATIVE.mkdir(exist_ok=True)
    half.rename(NATIVE / packages[0])


def use_unpacked() -> None:
    """Let child processes find what was unpacked."""
    folders = sorted({str(path.parent) for path in NATIVE.rglob("*.so.*")})
    if folders:
        add_library_path(*folders)


def add_library_path(*folders: str | Path) -> None:
    known = os.environ.get("LD_LIBRARY_PATH", "")
    paths = [str(folder) for folder in folders] + ([known] if known else [])
    os.environ["LD_LIBRARY_PATH"] = ":".join(paths)
