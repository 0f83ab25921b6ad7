"""A study of headlines as HTML for a notebook, also an untrusted one; nothing by colour alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

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
from newsresearch.classroom.views import table_html
from newsresearch.marks import escape, mark_html, plain_name, wrap_html

if TYPE_CHECKING:
    from newsresearch.classroom.study import Reading
    from newsresearch.classroom.study_numbers import Number

__all__ = ["comparison_html", "study_html"]

_CELL = "text-align:left;vertical-align:top"
_WIDTH = "60em"


def study_html(now: Reading, before: Reading) -> str:
    """Return a headline beside the printed one: numbers, findings, sentences, and a caution."""
    same = now.article.headline == before.article.headline
    parts = [_head("Printed headline", before)]
    if not same:
        parts.append(_head("Your headline", now))
    if now.problem:
        return wrap_html([*parts, _problem_html(now)], _WIDTH)
    parts.append("<h4>Numbers</h4>")
    parts.append(_own_numbers(now) if same else _both_numbers(now, before))
    parts += ["<h4>Findings</h4>", *_findings_html(now, None if same else before)]
    parts += ["<h4>What the body has for it and against it</h4>", _evidence_html(now)]
    return wrap_html(filter(None, [*parts, _small(TRUST)]), _WIDTH)


def comparison_html(names: Sequence[str], readings: Sequence[Reading]) -> str:
    """Return several headlines, a column each; what moved is told against the first one."""
    rows = [["headline", *(f"<strong>{_headline(reading)}</strong>" for reading in readings)]]
    for numbers in loud_numbers(readings):
        first, *others = numbers
        rest = [_cell(one, say_change(one, first).removesuffix(" same")) for one in others]
        rows.append([escape(first.title), _cell(first), *rest])
    rows.append(["findings", *map(_named_findings, readings)])
    heads = ["number", *map(escape, names)]
    parts = [
        table_html(heads, rows, _CELL),
        _small(say_quiet(readings)),
        _small(SIGNS),
        _small(TRUST),
    ]
    return wrap_html(filter(None, parts), _WIDTH)


def _small(text: str) -> str:
    return f"<p><small>{escape(text)}</small></p>" if text else ""


def _head(name: str, reading: Reading) -> str:
    return f"<p><small>{name}</small><br><strong>{_headline(reading)}</strong></p>"


def _headline(reading: Reading) -> str:
    return escape(reading.article.headline.strip()[:400]) or "(no headline)"


def _problem_html(reading: Reading) -> str:
    return f"<p><strong>Not read:</strong> {escape(reading.problem)}</p>"


# --- numbers ---------------------------------------------------------------------------------


def _own_numbers(now: Reading) -> str:
    rows = [
        [escape(one.title), _cell(one), f"<small>{escape(one.meaning)}</small>"]
        for (one,) in loud_numbers([now])
    ]
    return table_html(["number", "printed", "what it means"], rows, _CELL) + _small(
        say_quiet([now])
    )


def _both_numbers(now: Reading, before: Reading) -> str:
    rows = [
        [
            escape(new.title), _cell(old), _cell(new), escape(say_change(new, old)),
            f"<small>{escape(new.meaning)}</small>",
        ]
        for old, new in loud_numbers([before, now])
    ]  # fmt: skip
    heads = ["number", "printed", "yours", "what moved", "what it means"]
    return table_html(heads, rows, _CELL) + _small(say_quiet([before, now]))


def _cell(number: Number, change: str = "") -> str:
    """Return a value with what moved and the words behind it, each on its own line."""
    words = f"<small>{escape(number.words)}</small>" if number.words else ""
    lines = [f"<strong>{escape(say_value(number))}</strong>", escape(change), words]
    return "<br>".join(filter(None, lines))


# --- findings, and the sentences of the body -------------------------------------------------


def _findings_html(now: Reading, before: Reading | None) -> Iterator[str]:
    gone = [] if before is None else [row for row in before.findings if not _has(now, row)]
    if not now.findings:
        yield f"<p>{escape(NOTHING)}</p>"
    for row in now.findings:
        named = (
            f"<strong>{escape(plain_name(row['check']))}</strong>{escape(say_finding(row, before))}"
        )
        lines = [named, f"headline: {mark_html(escape(row['quote']), 'relevance')}"]
        if row["other_quote"]:
            lines.append(f"body: {mark_html(escape(row['other_quote']), 'relevance')}")
        yield f"<p>{'<br>'.join(lines)}</p>"
    for row in gone:
        name = escape(plain_name(row["check"]))
        yield f"<p>Gone, though the printed headline has it: {name}.</p>"


def _has(reading: Reading, row: dict[str, Any]) -> bool:
    return any(one["check"] == row["check"] for one in reading.findings)


def _named_findings(reading: Reading) -> str:
    if reading.problem:
        return escape(f"not read: {reading.problem}")
    return "<br>".join(escape(plain_name(row["check"])) for row in reading.findings) or "none"


def _evidence_html(now: Reading) -> str:
    rows = [
        [
            escape(row["claim_quote"]),
            f"<strong>{name_evidence(row)}</strong><br>{escape(row['quote'])}",
            f"<small>{escape(row['reason'])}</small>",
        ]
        for row in now.evidence
    ]
    return table_html(["what it claims", "sentence of the body", "why"], rows, _CELL)
