"""A study of headlines as plain text, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsresearch.classroom.study_words import (
    NOTHING,
    SIGNS,
    TRUST,
    loud_numbers,
    name_evidence,
    say_change,
    say_finding,
    say_quiet,
    say_value,
)
from newsresearch.marks import plain_name, reveal

if TYPE_CHECKING:
    from newsresearch.classroom.study import Reading

__all__ = ["comparison_text", "study_text"]

_WIDTH = 88


def study_text(now: Reading, before: Reading) -> str:
    """Return a headline beside the printed one, as lines."""
    same = now.article.headline == before.article.headline
    lines = [f"Printed headline: {_headline(before)}"]
    lines += [] if same else [f"Your headline: {_headline(now)}"]
    if now.problem:
        return _join([*lines, f"Not read: {now.problem}"])
    lines += ["", *_numbers(before, now), say_quiet([before, now]), ""]
    lines += _findings(now, None if same else before)
    for row in now.evidence:
        told = f" {row['quote']}" if row["quote"] else ""
        lines.append(f"«{row['claim_quote']}», {name_evidence(row)}:{told} ({row['reason']})")
    return _join([*lines, "", TRUST])


def comparison_text(names: Sequence[str], readings: Sequence[Reading]) -> str:
    """Return several headlines one below the other, each against the first."""
    lines = []
    for name, reading in zip(names, readings, strict=True):
        lines += [f"{name}: {_headline(reading)}"]
        if reading.problem:
            lines += [f"Not read: {reading.problem}", ""]
            continue
        lines += _numbers(readings[0], reading)
        found = ", ".join(plain_name(row["check"]) for row in reading.findings)
        lines += [f"  findings: {found or 'none'}", ""]
    return _join([*lines, SIGNS, TRUST])


def _headline(reading: Reading) -> str:
    return reading.article.headline.strip()[:400] or "(no headline)"


def _numbers(before: Reading, now: Reading) -> list[str]:
    same = before.article.headline == now.article.headline
    lines = []
    for old, new in loud_numbers([before, now]):
        moved = "" if same else f"{say_value(old):>7}  {say_change(new, old):<20}"
        words = f"  {new.words}" if new.words else ""
        lines.append(f"  {new.title:<36}{say_value(new):>7}{moved}{words}")
    return lines


def _findings(now: Reading, before: Reading | None) -> list[str]:
    if not now.findings:
        return [NOTHING]
    lines = []
    for row in now.findings:
        body = f" Body: «{row['other_quote']}»" if row["other_quote"] else ""
        lines.append(f"{plain_name(row['check'])}{say_finding(row, before)} «{row['quote']}»{body}")
    return lines


def _join(lines: Sequence[str]) -> str:
    return "\n".join(
        reveal(line) if line.startswith("  ") else textwrap.fill(reveal(line), _WIDTH)
        for line in lines
    )
