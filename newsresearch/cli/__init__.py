"""The same verbs from a shell: score, check, compare, report, figures, lessons, info.

Exit codes: 0 done; 1 done, and the answer is no (``--fail-above``, ``--verify``); 2 bad input
or usage. Heavy imports wait until a command needs them, so that ``--help`` answers at once.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

from newsresearch.cli.commands import check, figures, info, report
from newsresearch.cli.common import WRITTEN
from newsresearch.cli.comparing import compare
from newsresearch.cli.lessons import add_lessons
from newsresearch.cli.scoring import score

__all__ = ["main"]


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
    message = re.sub(r"\bPass (by|event|against)= ", r"Pass --\1 ", message)
    return message.replace("allow_private=True", "--allow-private")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newsresearch",
        description="Close study of news text: tone, readability, incoherence, figures.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    scoring = _add(commands, "score", score, "score articles: tone, readability, headline support")
    scoring.add_argument("folder", nargs="?", metavar="OUT/", help="folder of a long run")
    out = f"write a table: {WRITTEN}; or, in OUT/, parts: the same command goes on after a stop"
    scoring.add_argument("-o", "--out", metavar="FILE", help=out)
    scoring.add_argument("--workers", type=int, default=1, metavar="N", help="processes (1)")
    scoring.add_argument("--chunk", type=int, default=500, metavar="N", help="rows a part (500)")
    scoring.add_argument("--keep-furniture", action="store_true", help="score page furniture too")
    checking = _add(commands, "check", check, "find places where articles do not hold together")
    checking.add_argument("--checks", metavar="A,B", help="only these checks; see `info`")
    told = "json: as save_findings writes it, and the sentences (the same as --json)"
    checking.add_argument("--format", choices=["text", "json"], default="text", help=told)
    checking.add_argument(
        "--fail-above", type=int, metavar="N", help="exit with 1 above N findings"
    )
    comparing = _add(commands, "compare", compare, "compare groups of articles on every measure")
    comparing.add_argument("--by", metavar="COLUMN", default="outlet", help="the group (outlet)")
    inside = "compare inside events only: the column that says which one an article tells"
    comparing.add_argument("--event", metavar="COLUMN", help=inside)
    comparing.add_argument("--measures", metavar="A,B", help="only these measures")
    comparing.add_argument("--against", metavar="GROUP", help="each other group with this one")
    comparing.add_argument("--correction", default="bh", choices=["bh", "holm"], help="bh")
    comparing.add_argument("--seed", type=int, default=0, metavar="N", help="of chance (0)")
    comparing.add_argument("-o", "--out", metavar="FILE", help=f"write the table: {WRITTEN}")
    comparing.add_argument("--keep-furniture", action="store_true", help="score page furniture too")
    reporting = _add(commands, "report", report, "write one self-contained HTML page")
    reporting.add_argument("-o", "--out", metavar="FILE", default="report.html", help="report.html")
    for command in (checking, reporting):
        weak = "only findings of high confidence, none that is a mere hint"
        command.add_argument("--no-hints", action="store_true", help=weak)
    drawing = _add(commands, "figures", figures, "read, clean, score, find and draw", "demo")
    drawing.add_argument("--out", metavar="DIR", default="figures", help="folder (figures)")
    drawing.add_argument("--only", metavar="N", type=int, help="only figure N")
    drawing.add_argument("--article", metavar="ID", help="the article of figure 1 (the first)")
    same = "draw none: do the saved figures (or --only N) come out the same?"
    drawing.add_argument("--check", "--verify", action="store_true", help=same)
    drawing.add_argument("--pdf", action="store_true", help="write a PDF of each figure too")
    kit = "write a folder for a class: lessons, worksheets, keys, glossary"
    add_lessons(commands.add_parser("lessons", help=kit, description=kit))
    telling = commands.add_parser("info", help="versions, word lists and checks")
    telling.add_argument("--json", action="store_true", help="print JSON")
    telling.set_defaults(command=info)
    return parser


def _add(
    commands: Any, name: str, command: Callable[..., int], text: str, default: str = ""
) -> argparse.ArgumentParser:
    """Add a command that reads articles."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    what = "file, folder, glob, .zip or URL; '-' for standard input; 'demo' or 'tellings'"
    parser.add_argument("source", nargs="?" if default else None, default=default, help=what)
    parser.add_argument("--columns", metavar="OURS=THEIRS,…", help="headline=title,body=text")
    parser.add_argument("--repair", action="store_true", help="mend mojibake such as â€™")
    parser.add_argument("--allow-private", action="store_true", help="a URL of your own network")
    parser.add_argument("--issues", metavar="FILE", help="write what was wrong with the input")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(command=command)
    return parser
