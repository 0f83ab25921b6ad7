"""Our pages before axe-core, the checker of accessibility, in a headless Chromium.

    uv run --locked python benchmarks/accessibility.py [--few | --class]

It needs `chromium`, and `npm` to fetch axe-core into a folder that is thrown away (or the path of
an `axe.min.js` in AXE). axe-core is no part of the package. The pages are the reports of the
bundled articles (each alone, all together, and cases of the edge), the page of figures, and the
pages of a class folder, alone with --class: start page, glossary, worksheets, keys and forms; light
and dark, wide and narrow. Their policy, which lets no script run, is taken out for the check:
nothing else is. Axe cannot tell the contrast of `+1`, `0` and `−1` beside an arc; they have the
page's own colours. A page with planted faults shows that the check can fail. What no program can
see, such as whether the words help, it does not say: much of WCAG needs a person.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

import pandas as pd

import newsresearch as nr
from newsresearch.bundles import build_figures
from newsresearch.bundles.gallery import gallery_html
from newsresearch.classroom.kit import class_files
from newsresearch.page import POLICY
from newsresearch.report import report_html

AXE = "axe-core@4.14.1"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK = """
axe.run(document, {runOnly: TAGS, rules: {'target-size': {enabled: true}}}).then(found => {
  const told = {};
  for (const kind of ['passes', 'violations', 'incomplete', 'inapplicable'])
    told[kind] = found[kind].map(
      rule => [rule.id, rule.nodes.length, rule.nodes.slice(0, 3).map(node => node.html)]);
  document.documentElement.setAttribute('told', encodeURIComponent(JSON.stringify(told)));
});
"""
FAULTS = """<!DOCTYPE html><html><head><title></title></head><body><h3>Late</h3><img src="x.png">
<p style="color:#bbb;background:#fff">pale</p><a href="#x"></a><table><tr><th></th></tr></table>
</body></html>"""
FAULTY = {"html-has-lang", "document-title", "image-alt", "color-contrast", "link-name"}
LOOKS = {"light, wide": (1, 1280), "dark, wide": (0, 1280), "light, narrow": (1, 360)}
BARE = re.compile('<meta http-equiv="Content-Security-Policy"[^>]*>')
Told = dict[str, list[Any]]


def main() -> int:
    """Check all pages; return 0 where nothing is violated."""
    browser = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    if browser is None:
        sys.exit("not run: no chromium here. Install it to see the pages as readers do.")
    with TemporaryDirectory() as place:
        folder = Path(place)
        axe = find_axe(folder)
        planted = {
            rule for rule, *_ in ask(browser, folder, axe, FAULTS, "light, wide")["violations"]
        }
        if not planted >= FAULTY:
            sys.exit(f"the check cannot see: of planted faults {FAULTY - planted} were not found")
        print(f"planted faults found: {', '.join(sorted(planted))}\n")
        return print_found(check_all(browser, folder, axe))


def find_axe(folder: Path) -> str:
    """Return the text of axe-core: a file of one's own, or fetched by npm."""
    own = os.environ.get("AXE")
    if not own:
        npm = shutil.which("npm")
        if npm is None:
            sys.exit("not run: no npm here. Install it, or set AXE to a file axe.min.js.")
        command = [npm, "install", "--prefix", str(folder), "--ignore-scripts", "--no-save", AXE]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        if done.returncode:
            sys.exit(f"not run: npm could not fetch {AXE}: {done.stderr.strip()[-300:]}")
    return Path(own or folder / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


def pages() -> Iterator[tuple[str, str]]:
    """Yield name and page of each page to check."""
    if "--few" not in sys.argv:
        yield from class_pages()
    if "--class" in sys.argv:
        return
    demo, tellings = nr.load_dataset("demo"), nr.load_dataset("tellings")
    yield "demo, all together", report_html(demo)
    yield "empty table", report_html(demo.iloc[:0])
    with TemporaryDirectory() as place:
        build_figures(demo, place)
        # It lets in pictures beside it; but for that its policy is that of the reports.
        yield "figures", gallery_html(place, "demo").replace(" 'self' file:", "")
    edge = {"article_id": ["e"], "headline": [""], "body": [""], "url": ["https://example.org/a"]}
    yield "no text", report_html(pd.DataFrame(edge))
    long = demo.head(1).assign(body=" ".join(demo["body"]))
    yield "120 sentences and more", report_html(long)
    if "--few" not in sys.argv:
        for table in (demo, tellings):
            for at, name in enumerate(table["article_id"]):
                yield str(name), report_html(table.iloc[[at]].reset_index(drop=True))


def class_pages() -> Iterator[tuple[str, str]]:
    """Yield the pages of a class folder: of each kind one sheet, its key, and all in one file."""
    files, _ = class_files(pupils=2)
    seen: set[str] = set()
    for name in filter(lambda name: name.endswith(".html"), files):
        sort = re.sub(r"[0-9][^/]+?(-headlines)?\.html$", r"\1", name)
        if sort not in seen:
            seen.add(sort)
            yield name, files[name].decode()


def check_all(browser: str, folder: Path, axe: str) -> list[tuple[str, str, Told]]:
    """Return what axe says of each page in each look."""
    found = []
    for name, page in pages():
        assert page.count(POLICY) == 1
        for look in LOOKS:
            found.append((name, look, ask(browser, folder, axe, BARE.sub("", page), look)))
    return found


def ask(browser: str, folder: Path, axe: str, page: str, look: str) -> Told:
    """Return what axe says of one page."""
    theme, width = LOOKS[look]
    script = f"<script>{axe}</script><script>{ASK.replace('TAGS', json.dumps(TAGS))}</script>"
    path = folder / "page.html"
    path.write_text(page.replace("</body>", f"{script}</body>"), encoding="utf-8")
    command = [
        browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        f"--user-data-dir={folder / 'profile'}", f"--blink-settings=preferredColorScheme={theme}",
        f"--window-size={width},900", "--virtual-time-budget=60000", "--dump-dom", path.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=180)
    told = re.search(r'<html[^>]* told="([^"]*)"', done.stdout)
    if told is None:
        sys.exit(f"the browser told nothing: {done.stdout[:200]} {done.stderr[-500:]}")
    answer: Told = json.loads(unquote(html.unescape(told[1])))
    return answer


def print_found(found: list[tuple[str, str, Told]]) -> int:
    """Print each violation, the rules that ran, and the sum."""
    ran: Counter[str] = Counter()
    unsure: Counter[str] = Counter()
    violations = 0
    for name, look, told in found:
        for rule, nodes, some in told["violations"]:
            violations += 1
            print(f"{name} ({look}): {rule}, {nodes} places, such as {some[0][:160]}")
        ran.update({rule for kind in ("passes", "violations") for rule, *_ in told[kind]})
        unsure.update({rule: nodes for rule, nodes, _ in told["incomplete"]})
    print(
        f"rules that ran, in how many of {len(found)} views of {len({n for n, *_ in found})} pages:"
    )
    print("  " + ", ".join(f"{rule} {n}" for rule, n in sorted(ran.items())))
    print(f"places where axe could not tell: {dict(unsure) or 'none'}")
    print(f"{AXE}: {violations} violations of {len(ran)} rules")
    return int(violations > 0)


if __name__ == "__main__":
    sys.exit(main())
