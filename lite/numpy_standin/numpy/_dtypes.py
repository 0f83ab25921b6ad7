"""What a number of an array is stored as."""

from __future__ import annotations

from array import array as Buffer
from typing import Any

__all__ = ["DTYPES", "Dtype", "find_dtype", "of_scalar", "promote"]


class Dtype:
    """A kind of number; called, it makes a plain Python number of that kind."""

    def __init__(self, name: str, code: str, kind: str, size: int) -> None:
        self.name, self.code, self.kind, self.itemsize = name, code, kind, size

    def __call__(self, value: Any = 0) -> Any:
        """Return a number of this kind, rounded as it would be stored."""
        if self.kind == "b":
            return bool(value)
        if self.kind == "i":
            return int(value)
        # As it would be stored: 0.1 is another number in 32 bits.
        return Buffer("f", (value,))[0] if self.code == "f" else float(value)

    def __repr__(self) -> str:
        return f"dtype('{self.name}')"


# Codes are those of the module `array`; truth values are kept as bytes.
bool_ = Dtype("bool", "B", "b", 1)
int8, uint8 = Dtype("int8", "b", "i", 1), Dtype("uint8", "B", "i", 1)
int32, int64 = Dtype("int32", "i", "i", 4), Dtype("int64", "q", "i", 8)
float16, float32 = Dtype("float16", "f", "f", 2), Dtype("float32", "f", "f", 4)
float64 = Dtype("float64", "d", "f", 8)
DTYPES = {d.name: d for d in (bool_, int8, uint8, int32, int64, float16, float32, float64)}
_ORDER = list(DTYPES.values())


def find_dtype(given: Any) -> Dtype:
    """Return the kind that a name, a Python type or a kind stands for."""
    if isinstance(given, Dtype):
        return given
    plain = {bool: bool_, int: int64, float: float64}.get(given) or DTYPES.get(given)
    if plain is None:
        raise TypeError(f"the numpy stand-in has no dtype {given!r}")
    return plain


def of_scalar(value: Any) -> Dtype:
    """Return the kind of a Python number by itself."""
    if isinstance(value, bool):
        return bool_
    return int64 if isinstance(value, int) else float64


def promote(one: Dtype, two: Dtype) -> Dtype:
    """Return the kind that holds the numbers of two arrays."""
    if one.kind == two.kind:
        wide = max(one, two, key=_ORDER.index)
        return wide if {one.name, two.name} != {"int8", "uint8"} else int32
    small, wide = sorted((one, two), key=_ORDER.index)
    # Whole numbers of 32 bits and more do not fit into float32.
    return float64 if wide.kind == "f" and small.itemsize >= 4 else wide
