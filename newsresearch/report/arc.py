"""The tone of an article's sentences in order, as a picture inside the page.

The same table and the same words as ``plot_tone_arc``, drawn in the page's own colour: it keeps
its contrast in light, dark and print.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsresearch.figures import find_plot
from newsresearch.marks import escape
from newsresearch.tables import pd

__all__ = ["HOW", "arc_html"]

_WIDTH, _HEIGHT, _LEFT, _RIGHT = 480, 150, 28, 470
_MIDDLE, _REACH = 75, 65  # of tone 0, and from there to tone 1
_MOST_MARKS = 80  # sentences: more marks than these would run into one another
HOW = (
    "The sentences of the body in order: a full triangle above the line sounds positive, a hollow "
    "one below it negative, a dot has no tone; the dashed line is the headline. A gap between "
    "headline and body is no contradiction."
)


def arc_html(tones: pd.DataFrame) -> str:
    """Return a picture of the tones of one article; empty where there are none."""
    if tones.empty:
        return ""
    plot = find_plot("tone_arc")
    table = plot.table(tones, article_id=tones["article_id"].iloc[0])
    headline, *body = table["tone"]
    marks = "".join(_lines(headline, body))
    return (
        f'<figure>\n<svg class="arc" role="img" viewBox="0 0 {_WIDTH} {_HEIGHT}">'
        f"<title>Tone of the sentences in order</title><desc>{escape(plot.alt(table))}</desc>"
        f"{_axis()}{marks}</svg>\n<figcaption>{HOW}</figcaption>\n</figure>"
    )


def _axis() -> str:
    labels = "".join(
        f'<text x="{_LEFT - 6}" y="{_height(at) + 4:g}">{name}</text>'
        for name, at in (("+1", 1.0), ("0", 0.0), ("−1", -1.0))
    )
    return f'{labels}<path class="axis" d="M{_LEFT} {_MIDDLE}H{_RIGHT}"/>'


def _height(tone: float) -> float:
    return _MIDDLE - _REACH * tone


def _lines(headline: float, body: list[float]) -> Iterator[str]:
    """Yield the headline, all stems as one path, and the marks at their ends by kind."""
    if not pd.isna(headline):
        yield f'<path class="headline" d="M{_LEFT} {_height(headline):.1f}H{_RIGHT}"/>'
    step = (_RIGHT - _LEFT) / max(len(body), 1)
    places = [(_LEFT + step * (at + 0.5), tone) for at, tone in enumerate(body)]
    toned = [(x, tone) for x, tone in places if not pd.isna(tone)]
    stems = "".join(f"M{x:.1f} {_MIDDLE}V{_height(tone):.1f}" for x, tone in toned if tone)
    yield f'<path class="stem" d="{stems}"/>' if stems else ""
    if len(body) <= _MOST_MARKS:
        yield _marks("up", [(x, _height(t)) for x, t in toned if t > 0], "l4 7h-8z")
        yield _marks("down", [(x, _height(t)) for x, t in toned if t < 0], "l-4 -7h8z")
        yield _marks(
            "none", [(x - 2, _MIDDLE) for x, t in toned if t == 0], "a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z"
        )


def _marks(kind: str, places: list[tuple[float, float]], shape: str) -> str:
    path = "".join(f"M{x:.1f} {y:.1f}{shape}" for x, y in places)
    return f'<path class="{kind}" d="{path}"/>' if path else ""
