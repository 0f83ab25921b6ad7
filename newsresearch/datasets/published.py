"""What others published on public data sets, and what we measure there: a table of numbers."""

from __future__ import annotations

from newsresearch.articles import ArticleError
from newsresearch.datasets.registry import data_folder
from newsresearch.tables import pd

__all__ = ["OUTCOMES", "list_published"]

OUTCOMES = {
    "claim": ("reproduced", "may be chance", "opposite", "not measured"),
    "replication": ("reproduced", "differs"),
    "beside": ("ahead", "level", "behind", ""),
}
_NUMBERS = ("published", "ours", "low", "high", "p_corrected", "p_test")


def list_published(data: str | None = None) -> pd.DataFrame:
    """List published results with our own numbers beside them, also those that we do not find.

    It sees what we measured, once, on public data: the numbers are stored, nothing is computed
    here and no data set is needed. It cannot see your articles. Published values are taken from
    papers; `seen` says whether anybody here has read them there.

    Parameters
    ----------
    data : str, optional
        Only the results on this data set; its name as in ``list_datasets``.

    Returns
    -------
    pandas.DataFrame
        One row a result: paper, data, part, groups (who is compared with whom), result (in our
        words); kind: claim (a direction), replication (the same method on the same texts or on
        those of them that are here), beside (another method); measure and unit of ours;
        direction, of a claim; published, of the others; ours, with the ends low and high of its
        95 % interval; p_corrected, of a claim, over the claims on one collection; test and
        p_test, of the test that the paper used; n; outcome: of a claim reproduced, may be chance
        (corrected p above .05, whatever the direction), opposite, not measured; of a replication
        reproduced (within .02, or 2 %) or differs; else ahead, level (theirs in our interval,
        or within .005) or behind, empty where nothing was published; note, source, seen, made_by
        (the command), measured (the day).

    Raises
    ------
    ArticleError
        If nothing is listed for that data set: says which there are.

    Examples
    --------
    >>> claims = list_published("fakenewsdata1").query("kind == 'claim'")
    >>> sorted(claims["outcome"].unique())
    ['may be chance', 'not measured', 'opposite', 'reproduced']
    """
    table = pd.read_csv(data_folder() / "published.csv", dtype="str", keep_default_na=False)
    for column in _NUMBERS:
        table[column] = pd.to_numeric(table[column].replace("", None)).astype("float64")
    table["n"] = pd.to_numeric(table["n"].replace("", None)).astype("Int64")
    if data is None:
        return table
    known = list(table["data"].unique())
    if data not in known:
        raise ArticleError(
            f"no published result on {data!r} is listed. Choose from: {', '.join(known)}."
        )
    return table[table["data"] == data].reset_index(drop=True)
