"""Functions of the numbers along an axis, and functions of two that fold."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from itertools import accumulate, chain
from typing import Any

from numpy._arithmetic import combine
from numpy._arrays import array, as_array, from_flat, ndarray
from numpy._dtypes import Dtype, bool_, find_dtype, float64, int64

NAN = float("nan")


def lines_of(given: ndarray, axis: int | None) -> tuple[list[list[Any]], tuple[int, ...]]:
    """Return the numbers along an axis, line by line, and the shape of what is left."""
    if axis is None:
        return [given.flat().tolist()], ()
    axis %= given.ndim
    others = [at for at in range(given.ndim) if at != axis]
    moved = given.transpose(*others, axis)
    flat, length = moved.flat().tolist(), moved.shape[-1]
    if not length:
        return [[] for _ in range(math.prod(moved.shape[:-1]))], moved.shape[:-1]
    return [flat[at : at + length] for at in range(0, len(flat), length)], moved.shape[:-1]


def _along(
    function: Callable[[list[Any]], Any],
    values: Any,
    axis: int | None,
    dtype: Dtype | None = None,
    keepdims: bool = False,
) -> Any:
    given = as_array(values)
    lines, shape = lines_of(given, axis)
    kind = dtype or given.dtype
    if axis is None and not keepdims:
        return kind(function(lines[0]))
    if keepdims:
        cut = range(given.ndim) if axis is None else [axis % given.ndim]
        shape = tuple(1 if at in cut else n for at, n in enumerate(given.shape))
    return from_flat(map(function, lines), kind, shape)


def _sum_kind(given: ndarray) -> Dtype:
    return given.dtype if given.dtype.kind == "f" else int64


def sum_(values: Any, axis: int | None = None, keepdims: bool = False) -> Any:
    given = as_array(values)
    return _along(sum, given, axis, _sum_kind(given), keepdims)


def _broken(given: ndarray) -> Dtype:
    return given.dtype if given.dtype.kind == "f" else float64


def mean(values: Any, axis: int | None = None, keepdims: bool = False) -> Any:
    given = as_array(values)
    return _along(
        lambda line: sum(line) / len(line) if line else NAN, given, axis, _broken(given), keepdims
    )


def _deviation(line: list[float]) -> float:
    middle = sum(line) / len(line)
    return math.sqrt(sum((value - middle) ** 2 for value in line) / len(line))


def std(values: Any, axis: int | None = None, keepdims: bool = False) -> Any:
    given = as_array(values)
    return _along(_deviation, given, axis, _broken(given), keepdims)


def max_(values: Any, axis: int | None = None, keepdims: bool = False) -> Any:
    return _along(max, values, axis, None, keepdims)


def min_(values: Any, axis: int | None = None, keepdims: bool = False) -> Any:
    return _along(min, values, axis, None, keepdims)


def any_(values: Any, axis: int | None = None) -> Any:
    return _along(any, values, axis, bool_)


def all_(values: Any, axis: int | None = None) -> Any:
    return _along(all, values, axis, bool_)


def argmax(values: Any, axis: int | None = None) -> Any:
    return _along(lambda line: line.index(max(line)), values, axis, int64)


def argsort(values: Any, kind: str = "stable") -> ndarray:
    numbers = as_array(values).flat().tolist()
    return array(sorted(range(len(numbers)), key=numbers.__getitem__), int64)


def sort(values: Any, axis: int = -1) -> ndarray:
    given = as_array(values)
    if axis % given.ndim != given.ndim - 1:
        raise NotImplementedError("the numpy stand-in sorts along the last axis only")
    lines, _ = lines_of(given, axis)
    return from_flat(chain.from_iterable(map(sorted, lines)), given.dtype, given.shape)


def cumsum(values: Any, dtype: Any = None, out: ndarray | None = None) -> ndarray:
    given = as_array(values)
    kind = _sum_kind(given) if dtype is None else find_dtype(dtype)
    sums = from_flat(accumulate(given.flat()), kind, (given.size,))
    if out is None:
        return sums
    out[...] = sums
    return out


def diff(values: Any) -> ndarray:
    given = as_array(values)
    result: ndarray = given[1:] - given[:-1]
    return result


def norm(values: Any, axis: int | None = None, keepdims: bool = False) -> Any:
    given = as_array(values)
    return _along(lambda line: math.hypot(*line), given, axis, _broken(given), keepdims)


# --- functions of two that also work along an axis or at places ------------------------------


class Ufunc:
    """A function of two numbers."""

    def __init__(self, function: Callable[[Any, Any], Any], fold: Callable[[Any], Any]) -> None:
        self._function, self._fold = function, fold

    def __call__(self, one: Any, two: Any) -> Any:
        return combine(one, two, self._function)

    def reduceat(self, values: Any, starts: Any, axis: int = 0, dtype: Any = None) -> ndarray:
        """Return the function of each part of an axis; parts begin at the starts."""
        given, bounds = as_array(values), as_array(starts).flat().tolist()
        kind = given.dtype if dtype is None else find_dtype(dtype)
        lines, shape = lines_of(given, axis)
        ends = [*bounds[1:], given.shape[axis]]
        spans = [(s, max(e, s + 1)) for s, e in zip(bounds, ends, strict=True)]
        fold = self._fold
        numbers = (fold(line[s:e]) for line in lines for s, e in spans)
        found = from_flat(numbers, kind, (*shape, len(spans)))
        axes = list(range(found.ndim - 1))
        axes.insert(axis % found.ndim, found.ndim - 1)
        return found.transpose(*axes)

    def at(self, values: ndarray, places: Any, what: Any) -> None:
        """Change an array at places, one after the other, also where one comes twice."""
        listed = as_array(places).flat().tolist()
        given = as_array(what)
        for number, place in enumerate(listed):
            values[place] = self(values[place], given[number] if given.ndim else given.item())


maximum = Ufunc(lambda a, b: a if a >= b or a != a else b, max)
minimum = Ufunc(lambda a, b: a if a <= b or a != a else b, min)
add = Ufunc(operator.add, sum)


def clip(values: Any, low: float, high: float) -> Any:
    return minimum(maximum(values, low), high)


for _name, _function in {
    "sum": sum_, "mean": mean, "std": std, "max": max_, "min": min_, "any": any_, "all": all_,
    "argmax": argmax, "argsort": argsort,
}.items():  # fmt: skip
    setattr(ndarray, _name, _function)
