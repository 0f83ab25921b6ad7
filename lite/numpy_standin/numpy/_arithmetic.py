"""Operators of arrays: number by number, one shape stretched to the other."""

from __future__ import annotations

import operator
from itertools import repeat
from math import prod
from typing import Any

from numpy._arrays import array, broadcast_shape, from_flat, ndarray, spread
from numpy._dtypes import Dtype, bool_, float64, int64, promote

__all__ = ["combine", "divide_numbers"]


def combine(one: Any, two: Any, function: Any, dtype: Dtype | None = None) -> Any:
    """Return a function of two arrays, or of one and a number, number by number."""
    a, b = (array(v) if isinstance(v, (list, tuple)) else v for v in (one, two))
    if not isinstance(a, ndarray) and not isinstance(b, ndarray):
        return function(a, b)
    a, b = _round_beside(a, b), _round_beside(b, a)
    kind = dtype or _joint(a, b)
    shape = broadcast_shape(*(v.shape for v in (a, b) if isinstance(v, ndarray)))
    left, right = (
        spread(v, shape) if isinstance(v, ndarray) else repeat(v, prod(shape)) for v in (a, b)
    )
    return from_flat(map(function, left, right), kind, shape)


def _round_beside(value: Any, other: Any) -> Any:
    """Return a plain number as an array of 32 bits beside it would hold it."""
    if isinstance(value, float) and isinstance(other, ndarray) and other.dtype.code == "f":
        return other.dtype(value)
    return value


def _joint(a: Any, b: Any) -> Dtype:
    """Return the kind of a sum; a plain number widens an array only from whole to broken."""
    if isinstance(a, ndarray) and isinstance(b, ndarray):
        return promote(a.dtype, b.dtype)
    own, number = (a, b) if isinstance(a, ndarray) else (b, a)
    kind: Dtype = own.dtype
    if isinstance(number, float) and kind.kind != "f":
        return float64
    if kind.kind == "b" and not isinstance(number, bool):
        return int64
    return kind


def divide_numbers(one: float, two: float) -> float:
    """Divide as numpy does: nothing is raised by a divisor of 0."""
    if two:
        return one / two
    return float("nan") if one == 0 or one != one else float("inf") * (1 if one > 0 else -1)


def _divided(one: Any, two: Any) -> Any:
    kind = None
    if not any(isinstance(v, ndarray) and v.dtype.kind == "f" for v in (one, two)):
        kind = float64
    elif all(isinstance(v, ndarray) for v in (one, two)):
        kind = promote(one.dtype, two.dtype)
    try:
        return combine(one, two, operator.truediv, kind)
    except ZeroDivisionError:
        return combine(one, two, divide_numbers, kind)


def _install() -> None:
    """Give arrays the operators of numbers."""

    def plain(function: Any, dtype: Dtype | None) -> tuple[Any, Any]:
        return (
            lambda self, other: combine(self, other, function, dtype),
            lambda self, other: combine(other, self, function, dtype),
        )

    for name in ("add", "sub", "mul", "pow", "floordiv", "mod", "and", "or", "xor"):
        forth, back = plain(getattr(operator, f"__{name}__"), None)
        setattr(ndarray, f"__{name}__", forth)
        setattr(ndarray, f"__r{name}__", back)
    for name in ("lt", "le", "gt", "ge", "eq", "ne"):
        setattr(ndarray, f"__{name}__", plain(getattr(operator, name), bool_)[0])
    ndarray.__hash__ = None  # type: ignore[assignment]
    ndarray.__truediv__ = _divided  # type: ignore[attr-defined]
    ndarray.__rtruediv__ = lambda self, other: _divided(other, self)  # type: ignore[attr-defined]
    for name in ("add", "sub", "mul", "truediv", "and", "or"):
        setattr(ndarray, f"__i{name}__", _in_place(f"__{name}__"))
    ndarray.__neg__ = lambda self: from_flat(  # type: ignore[attr-defined]
        map(operator.neg, self.flat()), self.dtype, self.shape
    )
    ndarray.__invert__ = lambda self: from_flat(  # type: ignore[attr-defined]
        map(operator.not_ if self.dtype.kind == "b" else operator.invert, self.flat()),
        self.dtype,
        self.shape,
    )
    ndarray.__abs__ = lambda self: from_flat(  # type: ignore[attr-defined]
        map(abs, self.flat()), self.dtype, self.shape
    )


def _in_place(name: str) -> Any:
    def change(self: ndarray, other: Any) -> ndarray:
        self[...] = getattr(self, name)(other)
        return self

    return change


_install()
