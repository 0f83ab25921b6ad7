"""An Axes as a picture: the same bytes in every run, what it shows told inside."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from newsresearch.figures.house import FORMATS, house_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["render"]

_TITLE = re.compile(rb"<title>[^<]*+</title>")


def render(ax: Axes, format: str, title: str = "", alt: str = "") -> bytes:
    """Return the picture of an Axes' figure: the same bytes in every run, alt text inside."""
    if format not in FORMATS:
        raise ValueError(f"no picture format {format!r}. Use one of {', '.join(FORMATS)}.")
    about: dict[str, dict[str, str | None]] = {
        "svg": {"Title": title, "Description": alt, "Date": None},
        "png": {"Title": title, "Description": alt},
        "pdf": {"Title": title, "Subject": alt, "CreationDate": None},
    }
    figure = ax.figure.figure  # the whole, also where the Axes sits in a part of one
    # Our own figures keep their exact width; labels of another layout may stand outside it.
    box = None if figure.get_layout_engine() else "tight"
    picture = io.BytesIO()
    _forget_layout(figure.axes)
    with house_style():
        figure.savefig(picture, format=format, dpi=200, bbox_inches=box, metadata=about[format])
    content = picture.getvalue()
    return _describe_svg(content, title, alt) if format == "svg" else content


def _forget_layout(axes: Iterable[Axes]) -> None:
    """Put Axes back to where they began: a layout that starts from the last one ends elsewhere."""
    for ax in axes:
        place = ax.get_subplotspec()
        if place and ax.get_in_layout():
            ax.set_subplotspec(place)


def _describe_svg(picture: bytes, title: str, alt: str) -> bytes:
    """Tell a screen reader what is shown: matplotlib writes it only where none looks."""
    told = f"<title>{html.escape(title)}</title>\n <desc>{html.escape(alt)}</desc>".encode()
    named = picture.replace(b"<svg ", b'<svg role="img" ', 1)
    return _TITLE.sub(lambda _: told, named, count=1)
