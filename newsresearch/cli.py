"""The same verbs from a shell: score, check, report, figures, info.

Exit codes: 0 done; 1 done, and the answer is no (``--fail-above``, ``--verify``); 2 bad input
or usage. Heavy imports wait until a command needs them, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["main"]

_WRITTEN = ".csv, .jsonl, .parquet"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; errors are one sentence on standard error."""
    arguments = _parser().parse_args(argv)
    command: Callable[[argparse.Namespace], int] = arguments.command
    for stream in (sys.stdout, sys.stderr):  # a redirect may be in a code page without '−'
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return command(arguments)
    except BrokenPipeError:  # the reader, such as `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except (ValueError, OSError) as problem:  # ArticleError is a ValueError
        print(f"newsresearch: {_for_shell(str(problem))}", file=sys.stderr)
        return 2


def _for_shell(message: str) -> str:
    """Turn the advice of an error into that of the command line."""
    advice = r"Pass columns=\{'(.+)': '(\w+)'\} to nr\.read_articles\(\)"
    message = re.sub(advice, r"Pass --columns \2=\1", message)
    return message.replace("allow_private=True", "--allow-private")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newsresearch",
        description="Close study of news text: tone, readability, incoherence, figures.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    score = _add(commands, "score", _score, "score articles: tone, readability, headline support")
    score.add_argument("-o", "--out", metavar="FILE", help=f"write a table: {_WRITTEN}")
    score.add_argument("--keep-furniture", action="store_true", help="score page furniture too")
    check = _add(commands, "check", _check, "find places where articles do not hold together")
    check.add_argument("--checks", metavar="A,B", help="only these checks; see `info`")
    check.add_argument("--fail-above", type=int, metavar="N", help="exit with 1 above N findings")
    report = _add(commands, "report", _report, "write one self-contained HTML page")
    report.add_argument("-o", "--out", metavar="FILE", default="report.html", help="report.html")
    figures = _add(commands, "figures", _figures, "read, clean, score, find and draw", "demo")
    figures.add_argument("--out", metavar="DIR", default="figures", help="folder (figures)")
    figures.add_argument("--only", metavar="N", type=int, help="only figure N")
    figures.add_argument("--article", metavar="ID", help="the article of figure 1 (the first)")
    figures.add_argument("--verify", action="store_true", help="check saved figures, draw none")
    info = commands.add_parser("info", help="versions, word lists and checks")
    info.add_argument("--json", action="store_true", help="print JSON")
    info.set_defaults(command=_info)
    return parser


def _add(
    commands: Any, name: str, command: Callable[..., int], text: str, default: str = ""
) -> argparse.ArgumentParser:
    """Add a command that reads articles."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    what = "file, folder, glob, .zip or URL; '-' for standard input; 'demo'"
    parser.add_argument("source", nargs="?" if default else None, default=default, help=what)
    parser.add_argument("--columns", metavar="OURS=THEIRS,…", help="headline=title,body=text")
    parser.add_argument("--repair", action="store_true", help="mend mojibake such as â€™")
    parser.add_argument("--allow-private", action="store_true", help="a URL of your own network")
    parser.add_argument("--issues", metavar="FILE", help="write what was wrong with the input")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(command=command)
    return parser


_SHOWN_ISSUES = 20


def _read(arguments: argparse.Namespace) -> pd.DataFrame:
    from newsresearch.datasets import load_dataset
    from newsresearch.export import save_table
    from newsresearch.reading import read_with_issues

    if arguments.source == "demo" and not Path("demo").exists():
        return load_dataset("demo")
    source = sys.stdin.buffer.read() if arguments.source == "-" else arguments.source
    columns = _columns(arguments.columns)
    articles, issues = read_with_issues(
        source, columns, repair=arguments.repair, allow_private=arguments.allow_private
    )
    if arguments.issues:
        save_table(issues, arguments.issues)
    _tell(issues)
    return articles


def _tell(issues: pd.DataFrame) -> None:
    """Print the first issues of a reading on standard error, and how many more there are."""
    for row in issues.head(_SHOWN_ISSUES).fillna({"line": 0}).to_dict("records"):
        line = f", line {row['line']}" if row["line"] else ""
        place = f"{row['article_id'] or row['file']}{line}"
        print(f"newsresearch: {place}: {row['problem']}: {row['action']}", file=sys.stderr)
    if len(issues) > _SHOWN_ISSUES:
        more = f"{len(issues) - _SHOWN_ISSUES} more; --issues FILE writes them all"
        print(f"newsresearch: and {more}", file=sys.stderr)


def _columns(text: str | None) -> dict[str, str]:
    """Turn 'headline=title,body=text' into their names -> ours."""
    pairs = [pair.partition("=") for pair in (text or "").split(",") if pair]
    wrong = [ours for ours, _, theirs in pairs if not theirs]
    if wrong:
        raise ValueError(f"--columns has {wrong[0]!r}. Write OURS=THEIRS, as in headline=title.")
    return {theirs.strip(): ours.strip() for ours, _, theirs in pairs}


_EXACT: dict[str, Any] = {"date_format": "iso", "double_precision": 15}


def _json(table: pd.DataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(table.to_json(orient="records", **_EXACT))
    return rows


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _score(arguments: argparse.Namespace) -> int:
    from newsresearch.export import save_table
    from newsresearch.features import score_all
    from newsresearch.furniture import strip_furniture

    articles = _read(arguments)
    if not arguments.keep_furniture:
        articles, _ = strip_furniture(articles)
    scores = score_all(articles)
    if arguments.out:
        save_table(scores, arguments.out)
        print(f"{_count(len(scores))} scored: {arguments.out}")
    elif arguments.json:
        _print_json(_json(scores))
    else:
        hidden = ["preamble", "body"]
        print(scores.drop(columns=hidden, errors="ignore").to_csv(index=False), end="")
    return 0


def _count(articles: int) -> str:
    return "1 article" if articles == 1 else f"{articles} articles"


def _check(arguments: argparse.Namespace) -> int:
    from newsresearch.incoherence import find_incoherence
    from newsresearch.support import support_headline

    articles = _read(arguments)
    names = arguments.checks
    checks = [name.strip() for name in names.split(",")] if names is not None else None
    findings, support = find_incoherence(articles, checks), support_headline(articles)
    if arguments.json:
        _print_json({"findings": _json(findings), "support": _json(support)})
    else:
        for article_id in articles["article_id"]:
            own = findings["article_id"] == article_id
            _print_article(article_id, findings[own], support[support["article_id"] == article_id])
    if arguments.fail_above is None:
        return 0
    real = findings["check"] != "not_checked"
    return 2 if not real.all() else int(real.sum() > arguments.fail_above)


def _print_article(article_id: str, findings: pd.DataFrame, support: pd.DataFrame) -> None:
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
    for row in support.to_dict("records"):
        print(f"\n  best {row['role']} sentence: ‘{_short(row['quote'], 300)}’")
        print(f"    {row['reason']}")
    print()


def _short(text: str, width: int = 160) -> str:
    """Cut a quote for the screen, and show what a terminal would act on."""
    from newsresearch.marks import reveal

    line = reveal(" ".join(text.split()))
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def _report(arguments: argparse.Namespace) -> int:
    from newsresearch.report import save_report

    articles = _read(arguments)
    save_report(articles, arguments.out)
    print(f"{_count(len(articles))}: {arguments.out}")
    return 0


def _figures(arguments: argparse.Namespace) -> int:
    from newsresearch.bundles import verify_figures
    from newsresearch.furniture import strip_furniture

    raw = _read(arguments)
    articles, receipts = strip_furniture(raw)
    if arguments.verify:
        checked = verify_figures(arguments.out, articles)
        _print_json(_json(checked)) if arguments.json else print(checked.to_string(index=False))
        return int((checked["status"] != "ok").any())
    made = _make_figures(arguments, raw, articles, receipts)
    if arguments.json:
        _print_json(made)
    else:
        print(f"Made in {arguments.out}/ from {len(articles)} articles:")
        for name, what in made.items():
            print(f"  {name:<34} {what}")
    return 0


def _make_figures(
    arguments: argparse.Namespace, raw: pd.DataFrame, articles: pd.DataFrame, receipts: pd.DataFrame
) -> dict[str, str]:
    """Score, find and draw; return each file that was made and what it holds."""
    from newsresearch.bundles import build_figures
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
    drawn = build_figures(articles, folder, only=arguments.only, article_id=arguments.article)
    for name, (table, _) in tables.items():
        save_table(table, folder / name)
    files = dict(zip(drawn["file"], drawn["what"], strict=True))
    return {name: what for name, (_, what) in tables.items()} | files


def _info(arguments: argparse.Namespace) -> int:
    from newsresearch.bundles import describe_software
    from newsresearch.incoherence import list_checks

    facts: dict[str, Any] = describe_software()
    checks = list_checks()
    if arguments.json:
        _print_json(facts | {"checks": _json(checks)})
        return 0
    for title, rows in facts.items():
        print(f"{title}:")
        for name, value in rows.items():
            print(f"  {name:<16} {value}")
    print("checks:")
    for row in checks.to_dict("records"):
        print(f"  {row['check']:<22} {row['confidence']:<7} {row['summary']}")
    return 0
