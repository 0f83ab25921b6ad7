"""Walk through a built site with a headless browser: every notebook, every cell, every request.

    python lite/walk.py [SITE] [--browser /usr/bin/chromium] [--pictures FOLDER] [--host ADDRESS]

It needs `playwright` (pip install playwright) and a Chromium; the project does not. It prints a
line a notebook and opening, and ends with 1 if a cell failed or another server was asked.
With no network at all:  unshare -rn sh -c "ip link set lo up; python lite/walk.py"
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from playwright.sync_api import BrowserContext, Page, sync_playwright

LONGEST = 180_000  # milliseconds for all cells of a notebook
ERROR = '[data-mime-type="application/vnd.jupyter.error"]'
WARNING = '[data-mime-type="application/vnd.jupyter.stderr"]'


class Walked(NamedTuple):
    """What was seen of one notebook at one opening."""

    notebook: str
    opening: str
    seconds: float
    cells: int
    errors: list[str]


class Server(ThreadingHTTPServer):
    """A static server, as `python -m http.server` is one, that counts what it is asked."""

    daemon_threads = True
    asked = 0
    sent = 0


class Handler(SimpleHTTPRequestHandler):
    """Counts instead of writing a line a request."""

    server: Server

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        """Count a request."""
        self.server.asked += 1

    def log_error(self, format: str, *args: Any) -> None:
        """Say what was asked for in vain."""
        print(f"    {self.path}: {format % args}", flush=True)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Count what is sent."""
        self.server.sent += Path(source.name).stat().st_size
        super().copyfile(source, outputfile)


@contextmanager
def serve(site: Path, host: str) -> Iterator[Server]:
    """Serve a folder on a free port while the block runs."""
    server = Server((host, 0), partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def walk(context: BrowserContext, base: str, path: Path, opening: str, pictures: Path) -> Walked:
    """Open a notebook as a pupil would, run all of it, and look at every output."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    count = sum(cell["cell_type"] == "code" for cell in cells)
    page = context.new_page()
    began = time.monotonic()
    page.goto(f"{base}/notebooks/index.html?path={quote(path.name)}")
    wait_for_notebook(page, count)
    page.get_by_role("menuitem", name="Run", exact=True).click(timeout=LONGEST)
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    wait_for_cells(page, count)
    seconds = time.monotonic() - began
    errors = page.locator(f"{ERROR}, {WARNING}").all_inner_texts()
    take_pictures(page, pictures / f"{path.stem}-{opening}")
    page.close()
    return Walked(path.stem, opening, seconds, count, errors)


def wait_for_notebook(page: Page, count: int) -> None:
    """Wait until every code cell is there and has a kernel: before that, running does nothing."""
    page.wait_for_function(
        """count => document.querySelectorAll('.jp-CodeCell').length >= count &&
        /Python/.test(document.querySelector('.jp-Toolbar-kernelName')?.textContent)""",
        arg=count,
        timeout=LONGEST,
    )


def wait_for_cells(page: Page, count: int) -> None:
    """Wait until every code cell has a number in front of it, or one has failed."""
    page.wait_for_function(
        """([count, error]) => document.querySelector(error) ||
           [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]
             .filter(one => /^\\[\\d+\\]:$/.test(one.textContent)).length >= count""",
        arg=[count, ERROR],
        timeout=LONGEST,
    )


def take_pictures(page: Page, stem: Path) -> None:
    """Save what the notebook shows, screen by screen."""
    inner = page.locator(".jp-WindowedPanel-outer").first
    inner.evaluate("one => one.scrollTo(0, 0)")
    for number in range(1, 13):
        page.wait_for_timeout(300)
        page.screenshot(path=f"{stem}-{number:02d}.png")
        at = inner.evaluate(
            "one => { const was = one.scrollTop;"
            " one.scrollBy(0, one.clientHeight * .9); return one.scrollTop > was }"
        )
        if not at:
            return


def main() -> int:
    """Walk and report."""
    parser = argparse.ArgumentParser(description="Walk through a built class site.")
    parser.add_argument("site", nargs="?", type=Path, default=Path(__file__).parent / "_site")
    parser.add_argument("--browser", help="a Chromium; else the one that playwright fetched")
    parser.add_argument("--pictures", type=Path, default=Path("walk-pictures"))
    parser.add_argument("--host", default="localhost", help="address to serve at")
    given = parser.parse_args()
    given.pictures.mkdir(parents=True, exist_ok=True)
    notebooks = sorted((given.site / "files").glob("*.ipynb"))
    bad = 0
    with serve(given.site, given.host) as server, sync_playwright() as play:
        base = f"http://{given.host}:{server.server_port}"
        browser = play.chromium.launch(executable_path=given.browser, args=["--no-sandbox"])
        urls: list[str] = []
        for path in notebooks:
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            context.on("request", lambda request: urls.append(request.url))
            for opening in ("first", "second"):
                before = server.asked, server.sent
                seen = walk(context, base, path, opening, given.pictures)
                asked, sent = server.asked - before[0], (server.sent - before[1]) / 1e6
                print(
                    f"{seen.notebook} {opening}: {seen.seconds:.1f} s, {seen.cells} cells, "
                    f"{len(seen.errors)} errors, {asked} requests, {sent:.1f} MB",
                    flush=True,
                )
                for error in seen.errors:
                    print(re.sub(r"(?m)^", "    ", error), flush=True)
                bad += len(seen.errors)
            context.close()
        browser.close()
    hosts = {url.netloc for url in map(urlsplit, urls) if url.scheme not in {"data", "blob"}}
    others = sorted(hosts - {urlsplit(base).netloc})
    print(f"{len(urls)} requests seen by the browser, to other servers: {others or 'none'}")
    return 1 if bad or others else 0


if __name__ == "__main__":
    sys.exit(main())
