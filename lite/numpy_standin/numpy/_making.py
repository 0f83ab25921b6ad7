"""New arrays: from counts, from others put together, and counts of others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

from numpy._arrays import array, as_array, expand, from_flat, ndarray, spread
from numpy._dtypes import find_dtype, float64, int64, promote


def full(shape: Any, value: Any, dtype: Any = None) -> ndarray:
    lengths = (shape,) if isinstance(shape, int) else tuple(shape)
    given = as_array(value)
    kind = given.dtype if dtype is None else find_dtype(dtype)
    return from_flat(expand(value, lengths, kind), kind, lengths)


def zeros(shape: Any, dtype: Any = float64) -> ndarray:
    return full(shape, 0, dtype)


def zeros_like(given: ndarray) -> ndarray:
    return full(given.shape, 0, given.dtype)


def arange(*bounds: int) -> ndarray:
    return array(range(*map(int, bounds)), int64)


def linspace(first: float, last: float, count: int, dtype: Any = float64) -> ndarray:
    step = (last - first) / (count - 1) if count > 1 else 0.0
    numbers = [first + at * step for at in range(count)]
    if count > 1:
        numbers[-1] = last
    return array(numbers, dtype)


def fromiter(values: Iterable[Any], dtype: Any, count: int = -1) -> ndarray:
    return array(list(values if count < 0 else islice(values, count)), dtype)


def concatenate(arrays: Sequence[Any], axis: int = 0) -> ndarray:
    given = [as_array(one) for one in arrays]
    if axis:
        swapped = concatenate([one.T for one in given]).T
        return swapped.copy()
    kind = given[0].dtype
    for one in given[1:]:
        kind = promote(kind, one.dtype)
    length = sum(one.shape[0] for one in given)
    numbers = chain.from_iterable(one.flat() for one in given)
    if kind.kind != "f":
        numbers = map(int, numbers)
    return from_flat(numbers, kind, (length, *given[0].shape[1:]))


def append(values: Any, more: Any) -> ndarray:
    given, rest = as_array(values), as_array(more)
    kind = promote(given.dtype, rest.dtype)
    if not isinstance(more, ndarray) and rest.dtype.kind == "f" and given.dtype.kind == "f":
        kind = given.dtype
    numbers = [*given.flat(), *rest.flat()]
    return from_flat(numbers, kind, (len(numbers),))


def stack(arrays: Sequence[Any]) -> ndarray:
    return concatenate([as_array(one).reshape(1, *as_array(one).shape) for one in arrays])


def vstack(arrays: Sequence[Any]) -> ndarray:
    given = [as_array(one) for one in arrays]
    return concatenate([one if one.ndim > 1 else one.reshape(1, one.size) for one in given])


def hstack(arrays: Sequence[Any]) -> ndarray:
    given = [as_array(one) for one in arrays]
    return concatenate(given, axis=0 if given[0].ndim == 1 else 1)


def column_stack(arrays: Sequence[Any]) -> ndarray:
    given = [as_array(one) for one in arrays]
    columns = [one if one.ndim > 1 else one.reshape(one.size, 1) for one in given]
    return concatenate(columns, axis=1)


def repeat(values: Any, counts: Any) -> ndarray:
    given = as_array(values)
    times = spread(as_array(counts), given.shape)
    pairs = zip(given.flat(), times, strict=True)
    return array([value for value, n in pairs for _ in range(n)], given.dtype)


def flatnonzero(values: Any) -> ndarray:
    return array([at for at, value in enumerate(as_array(values).flat()) if value], int64)


def unique(values: Any) -> ndarray:
    given = as_array(values)
    return array(sorted(set(given.flat())), given.dtype)


def bincount(values: Any, weights: Any = None, minlength: int = 0) -> ndarray:
    places = as_array(values).flat().tolist()
    length = max([minlength, *(at + 1 for at in places)])
    counts: list[Any] = [0 if weights is None else 0.0] * length
    weighed = [1] * len(places) if weights is None else as_array(weights).flat().tolist()
    for at, weight in zip(places, weighed, strict=True):
        counts[at] += weight
    return array(counts, int64 if weights is None else float64)


def interp(value: float, xs: Sequence[float], ys: Sequence[float]) -> float:
    if value != value or value >= xs[-1]:
        return value if value != value else float(ys[-1])
    if value <= xs[0]:
        return float(ys[0])
    at = next(n for n, x in enumerate(xs) if x > value)
    share = (ys[at] - ys[at - 1]) / (xs[at] - xs[at - 1])
    return float(share * (value - xs[at - 1]) + ys[at - 1])
