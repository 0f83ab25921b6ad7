"""Arrays: numbers in a row, with a shape; slices are views of them, as in numpy."""

from __future__ import annotations

from array import array as Buffer
from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from math import prod
from typing import Any

from numpy import _index
from numpy._dtypes import Dtype, find_dtype, float64, of_scalar, promote

__all__ = ["array", "as_array", "broadcast_shape", "expand", "from_flat", "ndarray", "spread"]

Shape = tuple[int, ...]


def steps_of(shape: Shape) -> Shape:
    """Return how far apart neighbours of each axis stand where nothing is left out."""
    steps, step = [], 1
    for length in reversed(shape):
        steps.append(step)
        step *= length
    return tuple(reversed(steps))


class ndarray:
    """Numbers of one kind in a shape; ``buffer`` may be shared with other arrays."""

    __slots__ = ("buffer", "dtype", "shape", "start", "steps")

    def __init__(
        self, buffer: Any, dtype: Dtype, shape: Shape, start: int = 0, steps: Shape | None = None
    ) -> None:
        self.buffer, self.dtype, self.shape, self.start = buffer, dtype, shape, start
        self.steps = steps_of(shape) if steps is None else steps

    # --- shape ---------------------------------------------------------------------------

    @property
    def ndim(self) -> int:
        return len(self.shape)

    @property
    def size(self) -> int:
        return prod(self.shape)

    @property
    def T(self) -> ndarray:
        return self.transpose(*reversed(range(self.ndim)))

    def transpose(self, *axes: int) -> ndarray:
        shape = tuple(self.shape[axis] for axis in axes)
        steps = tuple(self.steps[axis] for axis in axes)
        return ndarray(self.buffer, self.dtype, shape, self.start, steps)

    def reshape(self, *shape: Any) -> ndarray:
        wanted = tuple(shape[0]) if isinstance(shape[0], (tuple, list)) else shape
        if -1 in wanted:
            known = prod(length for length in wanted if length != -1)
            wanted = tuple(self.size // known if n == -1 else n for n in wanted)
        return ndarray(self.flat(), self.dtype, wanted)

    def ravel(self) -> ndarray:
        return self.reshape(self.size)

    # --- numbers -------------------------------------------------------------------------

    def flat(self) -> Any:
        """Return the numbers in order: the buffer itself where it holds just them."""
        size = self.size
        if self.steps == steps_of(self.shape) or size < 2:
            if self.start == 0 and len(self.buffer) == size:
                return self.buffer
            return self.buffer[self.start : self.start + size]
        if self.ndim == 1:
            return _strided(self.buffer, self.start, self.steps[0], size)
        rows = (row.flat() for row in self.rows())
        return Buffer(self.dtype.code, chain.from_iterable(rows))

    def rows(self) -> Iterator[ndarray]:
        """Yield what stands at each place of the first axis."""
        inner, steps = self.shape[1:], self.steps[1:]
        for at in range(self.shape[0]):
            yield ndarray(self.buffer, self.dtype, inner, self.start + at * self.steps[0], steps)

    def _value(self, number: Any) -> Any:
        return bool(number) if self.dtype.kind == "b" else number

    def tolist(self) -> Any:
        if self.ndim == 1:
            flat = self.flat()
            return list(map(bool, flat)) if self.dtype.kind == "b" else flat.tolist()
        return [row.tolist() for row in self.rows()] if self.shape else self.item()

    def item(self) -> Any:
        (number,) = self.flat()
        return self._value(number)

    def tobytes(self) -> bytes:
        raw: bytes = self.flat().tobytes()
        return raw

    def copy(self) -> ndarray:
        return ndarray(self.flat()[:], self.dtype, self.shape)

    def astype(self, dtype: Any) -> ndarray:
        kind = find_dtype(dtype)
        convert = {"b": bool, "i": int, "f": float}[kind.kind]
        same = kind.kind == self.dtype.kind or kind.kind == "f"
        numbers = self.flat() if same else map(convert, self.flat())
        return ndarray(Buffer(kind.code, numbers), kind, self.shape)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.tolist()) if self.ndim == 1 else self.rows()

    def __len__(self) -> int:
        return self.shape[0]

    def __float__(self) -> float:
        return float(self.item())

    def __int__(self) -> int:
        return int(self.item())

    def __bool__(self) -> bool:
        return bool(self.item())

    def __repr__(self) -> str:
        return f"array({self.tolist()})"

    # --- places --------------------------------------------------------------------------

    def __getitem__(self, key: Any) -> Any:
        found = _index.look_up(self, key)
        if isinstance(found, int):
            return self._value(self.buffer[found])
        if isinstance(found, _index.View):
            return ndarray(self.buffer, self.dtype, *found)
        pick = self.buffer.__getitem__
        return ndarray(Buffer(self.dtype.code, map(pick, found.places)), self.dtype, found.shape)

    def __setitem__(self, key: Any, value: Any) -> None:
        found = _index.look_up(self, key)
        if isinstance(found, int):
            self.buffer[found] = value.item() if isinstance(value, ndarray) else value
            return
        view = isinstance(found, _index.View)
        places = ndarray(None, self.dtype, *found).places() if view else found.places
        numbers = expand(value, found.shape, self.dtype)
        for place, number in zip(places, numbers, strict=True):
            self.buffer[place] = number

    def places(self) -> list[int]:
        """Return where in the buffer each number stands."""
        places = [self.start]
        for length, step in zip(self.shape, self.steps, strict=True):
            places = [place + at * step for place in places for at in range(length)]
        return places

    def take(self, indices: Any, axis: int = 0) -> Any:
        if axis != 0:
            raise NotImplementedError("the numpy stand-in takes along the first axis only")
        return self[as_array(indices)]


def _strided(buffer: Any, start: int, step: int, size: int) -> Any:
    if step > 0:
        return buffer[start : start + step * size : step]
    return buffer[:0] + Buffer(buffer.typecode, (buffer[start + at * step] for at in range(size)))


# --- making them -----------------------------------------------------------------------------


def from_flat(numbers: Any, dtype: Dtype, shape: Shape) -> ndarray:
    """Return numbers as an array."""
    return ndarray(Buffer(dtype.code, numbers), dtype, shape)


def array(values: Any, dtype: Any = None) -> ndarray:
    """Return nested lists, arrays or numbers as a new array."""
    if isinstance(values, ndarray):
        return values.copy() if dtype is None else values.astype(dtype)
    if not isinstance(values, (list, tuple, range, Buffer)):
        kind = of_scalar(values) if dtype is None else find_dtype(dtype)
        return from_flat([kind(values)], kind, ())
    items = list(values)
    if items and isinstance(items[0], (list, tuple, range, ndarray)):
        return _nest([array(item, dtype) for item in items])
    kind = _kind_of(items) if dtype is None else find_dtype(dtype)
    if dtype is not None and kind.kind != "f":
        items = list(map(kind, items))
    return from_flat(items, kind, (len(items),))


def _kind_of(items: Sequence[Any]) -> Dtype:
    kinds = [of_scalar(item) for item in set(map(type, items)) for item in [item()]]
    kind = kinds[0] if kinds else float64
    for other in kinds[1:]:
        kind = promote(kind, other)
    return kind


def _nest(rows: list[ndarray]) -> ndarray:
    kind = rows[0].dtype
    for row in rows[1:]:
        kind = promote(kind, row.dtype)
        if row.shape != rows[0].shape:
            raise ValueError(f"rows of unlike shape: {row.shape} and {rows[0].shape}")
    numbers = chain.from_iterable(row.flat() for row in rows)
    return from_flat(numbers, kind, (len(rows), *rows[0].shape))


def as_array(values: Any, dtype: Any = None) -> ndarray:
    """Return an array as it is, anything else as a new one."""
    if isinstance(values, ndarray) and (dtype is None or values.dtype is find_dtype(dtype)):
        return values
    return array(values, dtype)


# --- one shape for several -------------------------------------------------------------------


def broadcast_shape(*shapes: Shape) -> Shape:
    """Return the shape to which several are stretched."""
    width = max(map(len, shapes))
    padded = [(1,) * (width - len(shape)) + shape for shape in shapes]
    lengths = []
    for own in zip(*padded, strict=True):
        length = next((n for n in own if n != 1), 1)
        if any(n not in (1, length) for n in own):
            raise ValueError(f"shapes do not fit together: {shapes}")
        lengths.append(length)
    return tuple(lengths)


def spread(given: ndarray, shape: Shape) -> Any:
    """Return the numbers of an array stretched to a shape, in order."""
    if given.shape == shape:
        return given.flat()
    numbers, inner = given.flat().tolist(), 1
    own = ((1,) * (len(shape) - given.ndim) + given.shape)[-len(shape) or given.ndim :]
    for have, want in zip(reversed(own), reversed(shape), strict=True):
        if have != want and inner == 1:
            numbers = [number for number in numbers for _ in range(want)]
        elif have != want:
            blocks = [numbers[at : at + inner] for at in range(0, len(numbers), inner)]
            numbers = [number for block in blocks for number in block * want]
        inner *= want
    return numbers


def expand(value: Any, shape: Shape, dtype: Dtype) -> Any:
    """Return what is to be stored at the places of a shape."""
    if isinstance(value, (list, tuple, ndarray)):
        given = as_array(value)
        numbers = spread(given, shape)
        whole = dtype.kind != "f" and given.dtype.kind == "f"
        return list(map(int, numbers)) if whole else list(numbers)
    return list(repeat(dtype(value), prod(shape)))
