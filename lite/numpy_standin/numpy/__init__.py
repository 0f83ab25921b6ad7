"""A stand-in for numpy in plain Python, for pages in a browser: just what newsresearch asks of it.

Arrays of numbers with shapes, slices, masks and the functions below, by the rules of numpy 2 and in
its precision; slow, and enough for one article at a time. It is no part of the installed package
and must never stand where the real numpy is. ``tests/test_lite.py`` compares the two; what is
missing here raises an error.
"""

from numpy import linalg, random
from numpy._arrays import array, ndarray
from numpy._arrays import as_array as asarray
from numpy._arrays import as_array as ascontiguousarray
from numpy._axis import add, argsort, clip, cumsum, diff, maximum, mean, minimum, sort
from numpy._axis import any_ as any
from numpy._axis import max_ as max
from numpy._axis import min_ as min
from numpy._axis import sum_ as sum
from numpy._dtypes import (
    bool_,
    float16,
    float32,
    float64,
    int8,
    int32,
    int64,
    uint8,
)
from numpy._each import allclose, divide, exp, isfinite, isnan, log, log2, rint, sign, sqrt, where
from numpy._files import load
from numpy._making import (
    append,
    arange,
    bincount,
    column_stack,
    concatenate,
    flatnonzero,
    fromiter,
    full,
    hstack,
    interp,
    linspace,
    repeat,
    stack,
    unique,
    vstack,
    zeros,
    zeros_like,
)
from numpy._making import zeros as empty
from numpy._products import einsum

intp = int64
nan, inf = float("nan"), float("inf")
__version__ = "0+standin"

__all__ = [
    "add",
    "allclose",
    "any",
    "append",
    "arange",
    "argsort",
    "array",
    "asarray",
    "ascontiguousarray",
    "bincount",
    "bool_",
    "clip",
    "column_stack",
    "concatenate",
    "cumsum",
    "diff",
    "divide",
    "einsum",
    "empty",
    "exp",
    "flatnonzero",
    "float16",
    "float32",
    "float64",
    "fromiter",
    "full",
    "hstack",
    "inf",
    "int8",
    "int32",
    "int64",
    "interp",
    "intp",
    "isfinite",
    "isnan",
    "linalg",
    "linspace",
    "load",
    "log",
    "log2",
    "max",
    "maximum",
    "mean",
    "min",
    "minimum",
    "nan",
    "ndarray",
    "random",
    "repeat",
    "rint",
    "sign",
    "sort",
    "sqrt",
    "stack",
    "sum",
    "uint8",
    "unique",
    "vstack",
    "where",
    "zeros",
    "zeros_like",
]  # fmt: skip
