"""Names for annotations; they mean nothing when the program runs."""

from __future__ import annotations

from typing import Any

__all__ = ["ArrayLike", "DTypeLike", "NDArray"]

ArrayLike = DTypeLike = Any


class NDArray:
    """Stands for an array of some kind."""

    def __class_getitem__(cls, kind: Any) -> Any:
        return Any
