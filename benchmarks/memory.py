"""Memory of one web worker after some requests, as the kernel counts it."""

import re
from dataclasses import dataclass
from pathlib import Path

from benchmarks.server import served

REQUESTS = 60


@dataclass(frozen=True)
class Memory:
    """Proportional and resident set in MB, and whether the PDF engine's library is loaded."""

    pss: float
    rss: float
    has_pango: bool


def worker_memory(application: str, addresses: list[str], cookie: str) -> Memory:
    """Start one worker, ask for every address in turn, and read its maps."""
    with served(application, workers=1) as server:
        client = server.client(cookie)
        for number in range(REQUESTS):
            status = client.get(addresses[number % len(addresses)])
            if status != 200:
                raise AssertionError(f"{status} from {addresses[number % len(addresses)]}")
        return _read(server.workers()[0])


def _read(pid: int) -> Memory:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    sizes = {name: int(kb) / 1024 for name, kb in re.findall(r"(\w+):\s+(\d+) kB", rollup)}
    return Memory(sizes["Pss"], sizes["Rss"], "libpango" in Path(f"/proc/{pid}/maps").read_text())
