"""A real browser, headless, that may reach nothing but this test: what did the pages do?"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple
from urllib.parse import unquote

from loopback import need_loopback
from payloads import CANARY

HOST = "page.test"
_KINDS = {"html": "text/html; charset=utf-8", "svg": "image/svg+xml"}
_EVENTS = [
    "click",
    "mouseover",
    "pointerover",
    "focus",
    "toggle",
    "input",
    "submit",
    "animationstart",
]
# Does to every frame what a reader might do, then tells what each holds. A link to another
# page is followed only where that is asked for: it is how the pages are meant to be used.
_PROD = """
const told = {}, follow = FOLLOW;
function inside(frame) { try { return frame.contentDocument } catch { return null } }
function prod(page) {
  page.addEventListener('click', event => {
    const link = event.target.closest && event.target.closest('a[href]');
    if (!follow && link && /^(https?:|#)/.test(link.getAttribute('href'))) event.preventDefault();
  }, true);
  const some = [...page.querySelectorAll('*')].filter(
    each => each.attributes.length || each.form);  // in all others there is nothing to trigger
  for (const each of some)
    for (const name of EVENTS) try {
      if (name === 'click' && each.click) each.click();
      else each.dispatchEvent(new MouseEvent(name, {bubbles: true, cancelable: true}));
    } catch {}
}
function tell(page) {
  const shapes = new Set();
  for (const each of page.querySelectorAll('*'))
    shapes.add(each.localName + ' ' + each.getAttributeNames().sort().join(' '));
  const links = [...page.querySelectorAll('[href],[src]')].map(
    each => each.getAttribute('href') || each.getAttribute('src'));
  return {title: page.title, text: page.documentElement.textContent, links, shapes: [...shapes]};
}
addEventListener('load', () => {
  const frames = [...document.querySelectorAll('iframe')];
  for (const frame of frames) { const page = inside(frame); if (page) prod(page); }
  setTimeout(() => {
    for (const frame of frames) {
      const page = inside(frame);
      if (page) told[frame.name] = tell(page);
    }
    told[''] = {title: document.title};
    document.documentElement.setAttribute('told', encodeURIComponent(JSON.stringify(told)));
  }, 1500);
});
"""


class Seen(NamedTuple):
    """What a browser saw: of each page its title, text, links and shapes; canaries fetched."""

    pages: dict[str, dict[str, Any]]
    fetched: list[str]


def find_browser() -> str | None:
    """Return a Chromium, if there is one."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


def show(pages: Mapping[str, str], profile: Path, follow: bool = False) -> Seen:
    """Open all pages at once, each in a frame, do what readers do, and tell what happened.

    The name of a page ends in .html or .svg. It fetches from this machine only; what it asks
    of the host CANARY is told.
    """
    prod = _PROD.replace("FOLLOW", json.dumps(follow)).replace("EVENTS", json.dumps(_EVENTS))
    frames = "".join(f'<iframe name="{name}" src="/{name}"></iframe>' for name in pages)
    whole = f"<!DOCTYPE html><title>quiet</title><script>{prod}</script>{frames}"
    with _serving({"": whole, **pages}) as (port, fetched):
        dom = _run(_command(port, profile))
    told = re.search(r'<html[^>]* told="([^"]*)"', dom)
    assert told, f"the browser told nothing: {dom[:300]}"
    return Seen(json.loads(unquote(html.unescape(told[1]))), fetched)


@contextmanager
def _serving(pages: Mapping[str, str]) -> Iterator[tuple[int, list[str]]]:
    fetched: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.removeprefix("/")
            if not self.headers.get("Host", "").startswith(HOST):
                fetched.append(f"{self.headers.get('Host')}{self.path}")
            elif name in pages:
                self.send_response(200)
                self.send_header("Content-Type", _KINDS[name.rpartition(".")[2] or "html"])
                self.end_headers()
                self.wfile.write(pages[name].encode("utf-8"))
                return
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    need_loopback()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1], fetched
    finally:
        server.shutdown()
        server.server_close()


def _command(port: int, profile: Path) -> Sequence[str]:
    here = ", ".join(f"MAP {name} 127.0.0.1:{port}" for name in (HOST, CANARY))
    return [
        find_browser() or "", "--headless=new", "--no-sandbox", "--disable-gpu",
        "--disable-dev-shm-usage", "--no-first-run", "--no-proxy-server", "--mute-audio",
        "--disable-background-networking", "--disable-component-update", "--disable-extensions",
        "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,OptimizationHints",
        f"--user-data-dir={profile}", f"--host-resolver-rules={here}, MAP * ~NOTFOUND",
        "--virtual-time-budget=10000", "--dump-dom", f"http://{HOST}/",
    ]  # fmt: skip


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    return done.stdout.decode("utf-8", "replace")
