"""The commands check, report, figures and info."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsresearch.cli.common import count_articles, print_json, read, to_rows

if TYPE_CHECKING:
    from newsresearch.tables import pd

__all__ = ["check", "figures", "info", "report"]


def check(arguments: argparse.Namespace) -> int:
    """Print findings and the sentences for and against the headline."""
    from newsresearch.export import findings_to_json
    from newsresearch.incoherence import find_incoherence
    from newsresearch.support import support_headline

    articles = read(arguments)
    names = arguments.checks
    checks = [name.strip() for name in names.split(",")] if names is not None else None
    hints = not arguments.no_hints
    findings = find_incoherence(articles, checks, hints, progress=True)
    support = support_headline(articles)
    if arguments.json or arguments.format == "json":
        print_json({**findings_to_json(findings), "support": to_rows(support)})
    else:
        for article_id in articles["article_id"]:
            own = findings["article_id"] == article_id
            _print_article(article_id, findings[own], support[support["article_id"] == article_id])
    if arguments.fail_above is None:
        return 0
    real = findings["check"] != "not_checked"
    return 2 if not real.all() else int(real.sum() > arguments.fail_above)


def _print_article(name: str, findings: pd.DataFrame, support: pd.DataFrame) -> None:
    article_id = _short(name)
    failed = findings["check"] == "not_checked"
    for reason in findings.loc[failed, "reason"]:
        print(f"{article_id}: not checked: {reason}")
    findings = findings[~failed]
    plural = "finding" if len(findings) == 1 else "findings"
    if not failed.all() or failed.empty:
        print(f"{article_id}: {len(findings)} {plural}")
    for row in findings.to_dict("records"):
        place = f"{row['field']} {row['start']}-{row['end']}"
        print(f"\n  {row['check']} ({row['confidence']}), {place}: ‘{_short(row['quote'])}’")
        print(f"    {row['reason']}")
        if row["other_quote"]:
            print(f"    see ‘{_short(row['other_quote'])}’")
    for row in support[support["role"] != "none"].to_dict("records"):
        print(f"\n  best {row['role']} sentence: ‘{_short(row['quote'], 300)}’")
        print(f"    {row['reason']}")
    print()


def _short(text: str, width: int = 160) -> str:
    """Cut a quote for the screen, and show what a terminal would act on."""
    from newsresearch.marks import reveal

    line = reveal(" ".join(text.split()))
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def report(arguments: argparse.Namespace) -> int:
    """Write one HTML page."""
    from newsresearch.incoherence import find_incoherence
    from newsresearch.report import save_report

    articles = read(arguments)
    save_report(articles, arguments.out, find_incoherence(articles, hints=not arguments.no_hints))
    if arguments.json:
        print_json({"articles": len(articles), "file": str(arguments.out)})
    else:
        print(f"{count_articles(len(articles))}: {arguments.out}")
    return 0


def figures(arguments: argparse.Namespace) -> int:
    """Draw the figures with their tables, or verify those that were saved."""
    from newsresearch.furniture import strip_furniture

    raw = read(arguments)
    articles, receipts = strip_furniture(raw)
    if arguments.check:
        return _check_figures(arguments, articles)
    made = _make_figures(arguments, raw, articles, receipts)
    if arguments.json:
        print_json(made)
    else:
        print(f"Made in {arguments.out}/ from {len(articles)} articles:")
        for name, what in made.items():
            print(f"  {name:<34} {what}")
    return 0


def _check_figures(arguments: argparse.Namespace, articles: pd.DataFrame) -> int:
    """Say whether the saved figures come out the same from these articles."""
    from newsresearch.bundles import GALLERY, check_gallery, find_figure, verify_figures

    only = None if arguments.only is None else find_figure(arguments.only)[0]
    rows = to_rows(verify_figures(arguments.out, articles, only=only))
    page = check_gallery(arguments.out, _bundled(arguments)) if only is None else None
    if page:
        rows.append({"figure": GALLERY, "status": page[0], "detail": page[1]})
    if arguments.json:
        print_json(rows)
    else:
        for row in rows:
            print(f"{row['figure']}: {row['status']}" + f": {row['detail']}" * bool(row["detail"]))
    return int(any(row["status"] != "ok" for row in rows))


def _bundled(arguments: argparse.Namespace) -> str:
    """Return the name of the bundled articles that were named; nothing for any other input."""
    from newsresearch.datasets import BUNDLED

    source = arguments.source
    return source if source in BUNDLED and not Path(source).exists() else ""


def _make_figures(
    arguments: argparse.Namespace, raw: pd.DataFrame, articles: pd.DataFrame, receipts: pd.DataFrame
) -> dict[str, str]:
    """Score, find and draw; return each file that was made and what it holds."""
    from newsresearch.bundles import GALLERY, build_figures, save_gallery
    from newsresearch.export import save_table
    from newsresearch.features import score_all
    from newsresearch.incoherence import find_incoherence

    findings, scores = find_incoherence(raw), score_all(articles)
    tables = {
        "receipts.csv": (receipts, f"{len(receipts)} pieces of page furniture removed"),
        "scores.csv": (scores.drop(columns=["preamble", "body"], errors="ignore"), "measures"),
        "findings.csv": (findings, f"{len(findings)} findings, furniture included"),
    }
    folder = Path(arguments.out)
    formats = ["svg", "png", *["pdf"] * arguments.pdf]
    drawn = build_figures(articles, folder, arguments.only, arguments.article, formats)
    for name, (table, _) in tables.items():
        save_table(table, folder / name)
    save_gallery(folder, _bundled(arguments))
    files = dict(zip(drawn["file"], drawn["what"], strict=True))
    files[GALLERY] = "a page of all figures in this folder, with the commands that check them"
    return {name: what for name, (_, what) in tables.items()} | files


def info(arguments: argparse.Namespace) -> int:
    """Print versions, word lists and checks."""
    from newsresearch.bundles import describe_software
    from newsresearch.incoherence import list_checks

    facts: dict[str, Any] = describe_software()
    checks = list_checks()
    if arguments.json:
        print_json(facts | {"checks": to_rows(checks)})
        return 0
    for title, rows in facts.items():
        print(f"{title}:")
        for name, value in rows.items():
            print(f"  {name:<16} {value}")
    print("checks:")
    for row in checks.to_dict("records"):
        print(f"  {row['check']:<22} {row['confidence']:<7} {row['summary']}")
    return 0
