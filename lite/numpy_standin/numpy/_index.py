"""Which places of a buffer an index means: one, a view of them, or a list."""

from __future__ import annotations

from array import array as Buffer
from itertools import compress
from typing import Any, NamedTuple

__all__ = ["Picked", "View", "look_up"]


class View(NamedTuple):
    """A part that shares the buffer: shape, where it starts, and its steps."""

    shape: tuple[int, ...]
    start: int
    steps: tuple[int, ...]


class Picked(NamedTuple):
    """Places that were listed one by one, and their shape."""

    shape: tuple[int, ...]
    places: list[int]


def look_up(own: Any, key: Any) -> int | View | Picked:
    """Return what an index of an array means: numbers, slices, None, lists and masks of it."""
    parts = list(key) if isinstance(key, tuple) else [key]
    parts = _fill(parts, own.ndim)
    if any(isinstance(part, (list, range, Buffer)) or hasattr(part, "steps") for part in parts):
        return _pick(own, _unmask(parts))
    start, shape, steps = own.start, list[int](), list[int]()
    axis = 0
    for part in parts:
        if part is None:
            shape.append(1)
            steps.append(0)
            continue
        length, step = own.shape[axis], own.steps[axis]
        axis += 1
        if isinstance(part, slice):
            first, stop, by = part.indices(length)
            start += first * step
            shape.append(len(range(first, stop, by)))
            steps.append(step * by)
        else:
            start += _inside(part, length) * step
    return View(tuple(shape), start, tuple(steps)) if shape or not parts else start


def _fill(parts: list[Any], ndim: int) -> list[Any]:
    """Put whole slices where an index says '...' or nothing."""
    taken = sum(_width(part) for part in parts if part is not None and part is not Ellipsis)
    rest = [slice(None)] * (ndim - taken)
    for at, part in enumerate(parts):
        if part is Ellipsis:
            return parts[:at] + rest + parts[at + 1 :]
    return parts + rest


def _width(part: Any) -> int:
    """Return how many axes a part of an index stands for: a mask has as many as its shape."""
    is_mask = hasattr(part, "steps") and part.dtype.kind == "b"
    return part.ndim if is_mask else 1


def _inside(at: Any, length: int) -> int:
    at = int(at)
    if not -length <= at < length:
        raise IndexError(f"index {at} is out of bounds for size {length}")
    return at + length if at < 0 else at


def _unmask(parts: list[Any]) -> list[Any]:
    """Turn masks into lists of places, one for each of their axes."""
    found: list[Any] = []
    for part in parts:
        if isinstance(part, list) and part and isinstance(part[0], bool):
            found.append([at for at, there in enumerate(part) if there])
        elif hasattr(part, "steps") and part.dtype.kind == "b":
            if part.ndim != 1:
                raise NotImplementedError("the numpy stand-in takes masks of one axis only")
            found.append(list(compress(range(part.size), part.flat())))
        else:
            found.append(part)
    return found


def _pick(own: Any, parts: list[Any]) -> Picked:
    """Return listed places: lists go together, place by place; slices are multiplied out."""
    together: list[int] | None = None  # offsets that the lists add up to
    listed_shape: tuple[int, ...] = ()
    groups: list[tuple[tuple[int, ...], list[int]]] = []
    at_group, start, axis = -1, own.start, 0
    for part in parts:
        if part is None:
            groups.append(((1,), [0]))
            continue
        length, step = own.shape[axis], own.steps[axis]
        axis += 1
        if isinstance(part, slice):
            chosen = range(*part.indices(length))
            groups.append(((len(chosen),), [at * step for at in chosen]))
        elif isinstance(part, int):
            start += _inside(part, length) * step
        else:
            shape = part.shape if hasattr(part, "shape") else (len(part),)
            numbers = part.flat() if hasattr(part, "flat") else part
            offsets = [_inside(at, length) * step for at in numbers]
            if together is None:
                together, listed_shape, at_group = offsets, shape, len(groups)
                groups.append((shape, offsets))
            else:
                together = _add(together, offsets)
                listed_shape = max(listed_shape, shape, key=lambda s: (s != (1,), s))
                groups[at_group] = (listed_shape, together)
    places = [start]
    for _, offsets in groups:
        places = [place + offset for place in places for offset in offsets]
    return Picked(tuple(n for shape, _ in groups for n in shape), places)


def _add(one: list[int], two: list[int]) -> list[int]:
    if len(one) == 1 or len(two) == 1:
        return [a + b for a in one for b in two]
    return [a + b for a, b in zip(one, two, strict=True)]
