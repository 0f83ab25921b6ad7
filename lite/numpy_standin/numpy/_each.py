"""Functions of each number of an array by itself."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from numpy._arithmetic import divide_numbers
from numpy._arrays import as_array, broadcast_shape, from_flat, ndarray, spread
from numpy._dtypes import Dtype, bool_, float64, promote

NAN, INF = float("nan"), float("inf")


def _each(function: Callable[[float], float], values: Any, dtype: Dtype | None = None) -> Any:
    if not isinstance(values, (ndarray, list, tuple)):
        return function(values)
    given = as_array(values)
    kind = dtype or (given.dtype if given.dtype.kind == "f" else float64)
    return from_flat(map(function, given.flat()), kind, given.shape)


def _log(value: float) -> float:
    if value > 0:
        return math.log(value)
    return -INF if value == 0 else NAN


def _exp(value: float) -> float:
    try:
        return math.exp(value)
    except OverflowError:
        return INF


def log(values: Any) -> Any:
    return _each(_log, values)


def log2(values: Any) -> Any:
    return _each(lambda v: math.log2(v) if v > 0 else _log(v), values)


def exp(values: Any) -> Any:
    return _each(_exp, values)


def sqrt(values: Any) -> Any:
    return _each(lambda v: math.sqrt(v) if v >= 0 else NAN, values)


def rint(values: Any) -> Any:
    return _each(lambda v: float(round(v)) if math.isfinite(v) else v, values)


def sign(values: Any) -> Any:
    given = as_array(values)
    return _each(lambda v: (v > 0) - (v < 0), given, given.dtype)


def isnan(values: Any) -> Any:
    return _each(math.isnan, values, bool_)


def isfinite(values: Any) -> Any:
    return _each(math.isfinite, values, bool_)


def where(condition: Any, yes: Any, no: Any) -> ndarray:
    given = [as_array(value) for value in (condition, yes, no)]
    shape = broadcast_shape(*(one.shape for one in given))
    # A plain number takes the kind of the array beside it.
    weak = [not isinstance(value, ndarray) for value in (yes, no)]
    kinds = [given[1].dtype, given[2].dtype]
    kind = promote(*kinds)
    if weak[0] != weak[1]:
        strong = kinds[1] if weak[0] else kinds[0]
        kind = strong if strong.kind == kind.kind else kind
    rows = zip(*(spread(one, shape) for one in given), strict=True)
    return from_flat((a if c else b for c, a, b in rows), kind, shape)


def divide(one: Any, two: Any, out: ndarray, where: Any) -> ndarray:
    shape = out.shape
    values = (spread(as_array(v), shape) for v in (one, two, where))
    old = out.flat().tolist()
    rows = zip(*values, old, strict=True)
    numbers = (divide_numbers(a, b) if is_asked else kept for a, b, is_asked, kept in rows)
    out[...] = from_flat(numbers, out.dtype, shape)
    return out


def allclose(one: Any, two: Any, rtol: float = 1e-5, atol: float = 1e-8) -> bool:
    a, b = as_array(one), as_array(two)
    shape = broadcast_shape(a.shape, b.shape)
    pairs = zip(spread(a, shape), spread(b, shape), strict=True)
    return all(abs(x - y) <= atol + rtol * abs(y) for x, y in pairs)
