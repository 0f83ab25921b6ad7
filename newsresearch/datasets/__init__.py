"""Data sets by name: the bundled articles, and public sets from where they are published."""

from __future__ import annotations

from collections.abc import Callable

from newsresearch.articles import REQUIRED, ArticleError, check_articles
from newsresearch.datasets.basil import load_basil_gold
from newsresearch.datasets.bundled import BUNDLED, BUNDLED_GOLD
from newsresearch.datasets.fetching import is_here, locate
from newsresearch.datasets.loaders import LOADERS
from newsresearch.datasets.published import list_published
from newsresearch.datasets.registry import Dataset, data_folder, known_datasets
from newsresearch.datasets.shelf import Shelf
from newsresearch.tables import pd

__all__ = ["BUNDLED", "data_folder", "list_datasets", "list_published", "load_dataset", "load_gold"]

_WITH_GOLD = (*BUNDLED_GOLD, "basil")


def list_datasets() -> pd.DataFrame:
    """List the data sets that ``load_dataset`` knows, whose they are and whether they are here.

    Returns
    -------
    DataFrame
        One row a set: `name`, `description`, `parts` (the default first), `rows` and `labels`
        of the default part as published, `licence`, `citation`, `home`, `here` (whether its
        default part is on this machine) and `how` (how to get it, where it is not).

    Examples
    --------
    >>> list_datasets().set_index("name").loc["onestopenglish", "licence"]
    'CC BY-SA 4.0'
    """
    return pd.DataFrame([_describe(dataset) for dataset in known_datasets().values()])


def load_dataset(
    name: str = "demo", part: str | None = None, progress: bool = False
) -> pd.DataFrame:
    """Load a data set as an Articles table.

    Files of a public set are looked for in the folder that NEWSRESEARCH_DATA names, then among
    those fetched before; only then are they fetched from where they are published, and refused
    if their SHA-256 is not the one in the registry. ``list_datasets`` names licence and
    citation of each set: the texts are not ours.

    Parameters
    ----------
    name : str
        One of the names in ``list_datasets``.
    part : str, optional
        A part of the set, such as `test`; the first that ``list_datasets`` names if left out.
    progress : bool
        Show how much of a file is fetched, on a terminal or in a notebook that a person runs.

    Returns
    -------
    DataFrame
        For `demo`: `article_id, headline, body, preamble, outlet, published, byline, kind`
        (clean or planted) and `topic`. The text is as scraped, furniture and all.
        For `tellings`: `event` in place of `preamble` and `kind`; each event is told by the same
        three outlets.
        For a public set: `article_id` (unique), `headline`, `body` (either may be empty, never
        missing), `label` if the set has labels, and the columns that the codebook names.

    Raises
    ------
    ArticleError
        If there is no such set or part, or its files are not here and cannot be fetched: says
        which file from which address to put where.

    Examples
    --------
    >>> load_dataset("demo")["kind"].value_counts().to_dict()
    {'clean': 12, 'planted': 12}
    >>> load_dataset("tellings")["outlet"].value_counts().tolist()
    [6, 6, 6]
    """
    dataset = _find(name, list(known_datasets()), "data set")
    part = dataset.pick_part(part)
    if name in BUNDLED:
        return BUNDLED[name]()
    table = _read(dataset, part, LOADERS[name], progress)
    for column in ("headline", "body"):
        if column not in table:
            table[column] = pd.Series("", index=table.index, dtype="str")
    first = [*REQUIRED, *(["label"] if "label" in table else [])]
    others = [column for column in table if column not in first]
    return check_articles(table[[*first, *others]].reset_index(drop=True))


def load_gold(name: str = "demo") -> pd.DataFrame:
    """Load what was marked by hand in a data set, span by span; ``quote == text[start:end]``.

    Returns
    -------
    DataFrame
        For `demo`: the columns of a Findings table but `confidence`.
        For `tellings`: one row a fact and telling: `event, fact, accord` (same, differs or left
        out: how the three tellings of it compare), `article_id, says` (what this telling gives,
        empty where it leaves the fact out), `field, start, end, quote`.
        For `headlines`: six headlines for each clean article of `demo`, `article_id, item, kind,
        headline, verdict` (borne out, overclaims, contradicted, not in the body), `words` (those
        of the headline that decide), `field, start, end, quote` (what decides), `reason`.
        For `class`: what an invented class of eight handed in, still to be read by
        ``read_answers``: `reader, article_id, item, quote, answer, reason`.
        For `basil`: `article_id, field, start, end, quote, kind` (lex: loaded wording, inf:
        slanted choice of facts), `polarity` and `target`.

    Examples
    --------
    >>> load_gold("demo")["article_id"].nunique()
    12
    """
    if name in BUNDLED_GOLD:
        return BUNDLED_GOLD[name]()
    dataset = _find(name, list(_WITH_GOLD), "data set with gold")
    return _read(dataset, "", load_basil_gold)


def _find(name: str, known: list[str], what: str) -> Dataset:
    if name not in known:
        raise ArticleError(f"no {what} {name!r}. Choose from: {', '.join(known)}.")
    return known_datasets()[name]


def _read(
    dataset: Dataset, part: str, load: Callable[[Shelf], pd.DataFrame], progress: bool = False
) -> pd.DataFrame:
    files = locate(dataset, part, progress)
    try:
        return load(Shelf(dataset.name, part, files))
    except ArticleError:
        raise
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as problem:
        where = ", ".join(map(str, files.values()))
        raise ArticleError(
            f"{where} is not {dataset.name} as published ({type(problem).__name__}: {problem}). "
            f"Get it again from {dataset.home}."
        ) from problem


def _describe(dataset: Dataset) -> dict[str, object]:
    here = is_here(dataset)
    return {
        "name": dataset.name,
        "description": dataset.description,
        "parts": ", ".join(dataset.parts),
        "rows": dataset.rows,
        "labels": dataset.labels,
        "licence": dataset.licence,
        "citation": dataset.citation,
        "home": dataset.home,
        "here": here,
        "how": "" if here else _how(dataset),
    }


def _how(dataset: Dataset) -> str:
    files = dataset.files_of(dataset.pick_part(None))
    if all(file.sha256 for file in files):
        megabytes = sum(file.size for file in files) / 1e6
        return f"load_dataset({dataset.name!r}) fetches it ({megabytes:.1f} MB)"
    return f"by hand: load_dataset({dataset.name!r}) says what to put where"
