"""How far the readers of a class agree: alpha with an interval, and spans in common."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from newsresearch.articles import Article
from newsresearch.classroom.alpha import Marks, alpha, percent_agreement
from newsresearch.classroom.collecting import Given, shelve
from newsresearch.classroom.overlaps import hits, worded
from newsresearch.classroom.resampling import Draws
from newsresearch.classroom.scoring import same_answer
from newsresearch.heat import THE_TOOL, Answers, Heat, Row, answer_rows, misfit, read_heat
from newsresearch.tables import pd, to_table
from newsresearch.text import locate

__all__ = ["AGREEMENT_DTYPES", "ALL", "agreement"]

AGREEMENT_DTYPES = {
    "article_id": "str", "item": "str", "unit": "str",
    "n_readers": "int64", "n_units": "int64",
    "alpha": "float64", "alpha_low": "float64", "alpha_high": "float64",
    "percent_agreement": "float64", "span_f1": "float64", "note": "str",
}  # fmt: skip
ALL = "(all)"  # articles, or items, taken together
_FEW = 15  # units: below this an interval is doubted
_LEAST = 100  # resamples; of fewer the ends are single draws
NONE = float("nan")
_ALONE = "no alpha: one reader alone cannot agree or differ."
_ONE_QUESTION = "one question alone has no alpha; see the row of all questions."


def agreement(
    answers: Answers,
    articles: Given = None,
    *,
    order: Sequence[str] = (),
    seed: int = 0,
    resamples: int = 1000,
) -> pd.DataFrame:
    """Tell how far readers agree, article by article and question by question.

    Krippendorff's alpha: 1 is full agreement, 0 what chance would give. Of passages it is
    taken twice: a word, or a sentence (any word of it), is marked by a reader or is not. It is
    not his alpha for unitizing, which asks where passages begin and end. Of questions a unit is
    a question. It cannot tell who is right; a tool or a key among the readers would count as one
    more of them; the reader called "the tool" is left out.

    Parameters
    ----------
    answers : table of ``nr.read_answers``, or rows
        A reader without any row for an article (and question) has not read it. Rows with a
        `problem` are left out; of two answers to one question the last counts.
    articles : Articles table, Article or list of Article, optional
        Needed for passages: what nobody marked counts too.
    order : sequence of str, optional
        The answers from low to high, such as ``("no", "partly", "yes")``: then alpha is ordinal.
    seed, resamples : int
        Of the bootstrap; ``resamples`` is 0 (no intervals) or at least 100.

    Returns
    -------
    DataFrame
        One row an article, `item` and `unit`: word, sentence, answer (one question: only
        `percent_agreement`), question (all of an article, and of all articles: "(all)").
        `n_readers`, `n_units`; `alpha` (at most 1, below 0 worse than chance), `alpha_low`,
        `alpha_high`: 95 % of resamples of the sentences (or questions), the same readers kept.
        The interval says how alpha would move with other sentences of this kind, not with another
        class. It takes sentences of a text for independent, and is too narrow where sentences or
        marks are few: of 100 simulations 69 to 97 held the truth. Where nobody differs there is
        none. `percent_agreement` (0 to 1): pairs of judgements that are the same, chance
        included. `span_f1` (0 to 1): mean over pairs of readers of their passages in common;
        missing where nothing is marked, or where quotes and articles are. `note` says in words
        what to make of it, or why a value is missing.

    Raises
    ------
    ValueError
        If a column is missing, ``resamples`` is below 100 and not 0, or ``order`` lacks an
        answer or names one twice.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability. Efron (1987), Better
    bootstrap confidence intervals. Spinde et al. (2021), BABE. Shen et al. (2021), INSteD.

    Examples
    --------
    >>> rain = Article("a", "Rain", "It rained. It poured. All went home.")
    >>> mark = {"article_id": "a", "field": "body", "start": 3, "end": 9, "quote": "rained"}
    >>> table = agreement([{**mark, "reader": "r1"}, {**mark, "reader": "r2"}], rain)
    >>> table[["unit", "alpha", "n_readers"]].values.tolist()
    [['word', 1.0, 2], ['sentence', 1.0, 2]]
    """
    if resamples and resamples < _LEAST:
        raise ValueError(
            f"resamples must be 0, or {_LEAST} or more to tell 95 % of them; found {resamples}. "
            "Pass resamples=1000."
        )
    shelf = shelve(articles)
    rows = [_checked(row, shelf) for row in answer_rows(answers)]
    good = [row for row in rows if not row["problem"] and row["reader"] not in ("", THE_TOOL)]
    draws = Draws(seed, resamples)
    found = [*_of_spans(good, shelf, draws), *_of_choices(good, list(order), draws)]
    return to_table(found, AGREEMENT_DTYPES)


def _checked(row: Row, shelf: dict[str, Article]) -> Row:
    """Return a row with its quote, where the article is here, and with why it does not count."""
    article = shelf.get(row["article_id"])
    problem = row["problem"] or (misfit(article, row) if article else "")
    if article and not problem and row["start"] is not None:
        row = {**row, "quote": article.field(row["field"])[row["start"] : row["end"]]}
    return {**row, "problem": problem}


# --- passages --------------------------------------------------------------------------------


def _of_spans(rows: Sequence[Row], shelf: dict[str, Article], draws: Draws) -> Iterator[Row]:
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if not row["answer"]:
            groups[row["article_id"], row["item"]].append(row)
    for (name, item), mine in groups.items():
        base = {"article_id": name, "item": item, "span_f1": _mean_f1(mine, draws, name, item)}
        if name not in shelf:
            readers = len({row["reader"] for row in mine})
            note = "no alpha: pass the articles, so that unmarked words count as well."
            yield _row(**base, unit="word", n_readers=readers, note=note)
            continue
        heat = read_heat(shelf[name], mine)
        for unit, sentences in (("word", _words(heat)), ("sentence", _sentences(heat))):
            yield _row(**base, unit=unit, **_judge_marks(sentences, len(heat.by_reader), draws,
                                                         name, item, unit))  # fmt: skip


def _words(heat: Heat) -> list[list[int]]:
    """Return how many readers marked each word, by sentence; the headline is one sentence."""
    counts = heat.counts
    grouped: dict[int, list[int]] = defaultdict(list)
    for at, sentence in enumerate(_sentence_of(heat)):
        grouped[sentence].append(counts[at])
    return list(grouped.values())


def _sentences(heat: Heat) -> list[list[int]]:
    """Return how many readers marked any word of each sentence."""
    where = _sentence_of(heat)
    marked = Counter(s for words in heat.by_reader.values() for s in {where[at] for at in words})
    return [[marked[sentence]] for sentence in dict.fromkeys(where)]


def _sentence_of(heat: Heat) -> list[int]:
    spans = heat.article.sentences
    return [locate(spans, p.start) + 1 if p.field == "body" else 0 for p in heat.places]


def _judge_marks(sentences: list[list[int]], readers: int, draws: Draws, *name: str) -> Row:
    parts = [Marks.of(counts, readers) for counts in sentences]
    whole = Marks.total(parts)
    cells: Row = {"n_readers": readers, "n_units": sum(map(len, sentences))}
    if readers < 2:
        return {**cells, "note": _ALONE}
    cells["percent_agreement"] = whole.agreed
    if whole.alpha is None:
        what = "nothing" if not whole.marked else "everything"
        return {**cells, "note": f"no alpha: all readers marked {what}; nothing differs."}
    low, high = draws.interval(parts, lambda some: Marks.total(some).alpha, *name)
    rare = whole.marked / whole.judged
    note = _say(whole.alpha, low, len(parts), "sentences")
    note += f" {rare:.0%} of judgements are marks: so 'unmarked' agrees by itself." * (rare < 0.2)
    return {**cells, "alpha": whole.alpha, "alpha_low": low, "alpha_high": high, "note": note}


def _mean_f1(rows: Sequence[Row], draws: Draws, *name: str) -> float:
    """Return the mean F1 of the passages of two readers; pairs that marked nothing are left out.

    It is missing where a quote is: of a place alone nobody knows how many words it has.
    """
    if any(row["start"] is not None and not row["quote"] for row in rows):
        return NONE
    by_reader: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_reader[row["reader"]].append(row)
    spans = {reader: worded(mine) for reader, mine in by_reader.items()}
    values = [
        2 * hits(spans[a], spans[b]) / (len(spans[a]) + len(spans[b]))
        for a, b in draws.pairs(list(spans), *name)
        if spans[a] or spans[b]
    ]
    return sum(values) / len(values) if values else NONE


# --- questions -------------------------------------------------------------------------------


def _of_choices(rows: Sequence[Row], order: list[str], draws: Draws) -> Iterator[Row]:
    by_item: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in rows:
        if row["answer"]:
            by_item[row["article_id"], row["item"]][row["reader"]] = same_answer(row["answer"])
    if not by_item:
        return
    ranks = list(map(same_answer, order))
    _check_order(ranks, {answer for told in by_item.values() for answer in told.values()})
    by_article: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for (name, item), told in by_item.items():
        by_article[name][item] = told
    for name, mine in by_article.items():
        for item, told in mine.items():
            share = percent_agreement([Counter(told.values())])
            yield _row(
                article_id=name, item=item, unit="answer", n_readers=len(told), n_units=1,
                percent_agreement=NONE if share is None else share,
                note=_ALONE if share is None else _ONE_QUESTION,
            )  # fmt: skip
        yield _judge_items(list(mine.values()), ranks, draws, name)
    if len(by_article) > 1:
        yield _judge_items(list(by_item.values()), ranks, draws, ALL)


def _check_order(ranks: list[str], answers: set[str]) -> None:
    twice = [answer for answer, n in Counter(ranks).items() if n > 1]
    if twice:
        raise ValueError(
            f"order names {twice[0]!r} {ranks.count(twice[0])} times (case and blanks aside, 'y' "
            "is 'yes'). Name every answer once, from low to high."
        )
    left = sorted(answers - set(ranks))
    if ranks and left:
        raise ValueError(
            f"order names {len(ranks)} answers, but {len(left)} others were given. "
            "Name every answer from low to high, or leave order out."
        )


def _judge_items(told: list[dict[str, str]], ranks: list[str], draws: Draws, name: str) -> Row:
    units = [Counter(answers.values()) for answers in told]
    paired = [unit for unit in units if unit.total() >= 2]
    level = "ordinal" if ranks else "nominal"
    value, share = alpha(paired, ranks, level), percent_agreement(paired)
    cells: Row = {
        "article_id": name, "item": ALL, "unit": "question",
        "n_readers": len({reader for answers in told for reader in answers}),
        "n_units": len(paired), "percent_agreement": NONE if share is None else share,
    }  # fmt: skip
    if len(paired) < 2 or value is None:
        few = "it needs two questions that two readers answered"
        same = "all answers are the same; nothing differs"
        return _row(**cells, note=f"no alpha: {few if len(paired) < 2 else same}.")
    low, high = draws.interval(paired, lambda some: alpha(some, ranks, level), name, "question")
    note = _say(value, low, len(paired), "questions")
    return _row(**cells, alpha=value, alpha_low=low, alpha_high=high, note=note)


# --- words for it ----------------------------------------------------------------------------

_NORMAL = (
    "alpha of .2 to .4 is normal for such questions: trained experts on biased sentences came to "
    ".39-.40 and an online crowd to .21 (BABE), readers who looked for a foreign sentence to "
    ".16-.20 (INSteD). Words mean different things to readers; talk about where you differ"
)


def _say(value: float, low: float, n: int, what: str) -> str:
    """Say in plain words what an alpha means, and how far its interval can be trusted."""
    if value < 0.05:
        text = f"no more agreement than by chance; {_NORMAL}."
    elif value < 0.2:
        text = f"a little more agreement than by chance; {_NORMAL}."
    elif value < 0.4:
        text = f"as expected: {_NORMAL}."
    elif value < 0.67:
        text = f"more agreement than usual; {_NORMAL}."
    else:
        text = "readers largely agree; .67 is the least that Krippendorff asks of coded data."
    if low != low and value == 1:
        return f"{text} No interval: nobody differs, so resampling cannot tell how sure that is."
    if low != low:
        return f"{text} No interval: too few {what}, or too few marks."
    return text + f" Only {n} {what}: do not lean on the interval." * (n < _FEW)


def _row(**cells: Any) -> Row:
    """Return a row of the table; what is not given is missing."""
    empty = {name: NONE if kind == "float64" else "" for name, kind in AGREEMENT_DTYPES.items()}
    return {**empty, "n_readers": 0, "n_units": 0, **cells}
