"""Products of rows and columns."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

from numpy._arrays import as_array, from_flat, ndarray
from numpy._axis import lines_of
from numpy._dtypes import promote
from numpy._making import stack

_sumprod: Callable[[Sequence[float], Sequence[float]], float] = getattr(
    math, "sumprod", lambda a, b: sum(map(operator.mul, a, b))
)


def matmul(one: Any, two: Any) -> Any:
    a, b = as_array(one), as_array(two)
    rows = lines_of(a, -1)[0]
    columns = lines_of(b, -2)[0] if b.ndim > 1 else [b.flat().tolist()]
    if len(rows[:1]) and len(columns[:1]) and len(rows[0]) != len(columns[0]):
        raise ValueError(f"matmul: shapes do not fit: {a.shape} and {b.shape}")
    kind = promote(a.dtype, b.dtype)
    shape = a.shape[:-1] + b.shape[1:]
    if not shape:
        return kind(_sumprod(rows[0], columns[0]))
    return from_flat((_sumprod(row, column) for row in rows for column in columns), kind, shape)


def einsum(how: str, one: ndarray, two: ndarray) -> ndarray:
    """Return the products that the package asks for: of matrices, and of rows with tables."""
    ins, _, out = how.partition("->")
    a, b = ins.split(",")
    if len(a) == 2 and b == a[1] + out[-1:] and out == a[0] + b[1]:
        result: ndarray = matmul(one, two)
        return result
    if len(a) == 2 and b == a + out[-1:] and out == a[0] + b[2]:
        rows = [matmul(row, table) for row, table in zip(one.rows(), two.rows(), strict=True)]
        nothing = from_flat([], promote(one.dtype, two.dtype), (0, two.shape[2]))
        return stack(rows) if rows else nothing
    raise NotImplementedError(f"the numpy stand-in has no einsum {how!r}")


ndarray.__matmul__ = matmul  # type: ignore[attr-defined]
ndarray.__rmatmul__ = lambda self, other: matmul(other, self)  # type: ignore[attr-defined]
