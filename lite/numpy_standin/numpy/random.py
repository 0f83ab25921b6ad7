"""Whole numbers at random, the same as numpy draws for a seed.

PCG64 (O'Neill 2014, HMC-CS-2014-0905) with the seeding of numpy's SeedSequence, and bounded
numbers after Lemire (2019, ACM TOMACS 29(1)), 32 bits at a time.
"""

from __future__ import annotations

from typing import Any

from numpy._arrays import array, ndarray
from numpy._dtypes import int64

__all__ = ["Generator", "default_rng"]

_M32, _M64, _M128 = (1 << 32) - 1, (1 << 64) - 1, (1 << 128) - 1
_MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645


def _seed_words(seed: int, count: int) -> list[int]:
    """Return words of 32 bits made of a seed, as numpy's SeedSequence makes them."""
    entropy = [seed >> shift & _M32 for shift in range(0, max(seed.bit_length(), 1), 32)]
    constant = 0x43B0D7E5

    def hash_(value: int) -> int:
        nonlocal constant
        value = (value ^ constant) & _M32
        constant = constant * 0x931E8875 & _M32
        value = value * constant & _M32
        return value ^ value >> 16

    def mix(one: int, two: int) -> int:
        value = (0xCA01F9DD * one - 0x4973F715 * two) & _M32
        return value ^ value >> 16

    pool = [hash_(entropy[at] if at < len(entropy) else 0) for at in range(4)]
    for source in range(4):
        for target in range(4):
            if source != target:
                pool[target] = mix(pool[target], hash_(pool[source]))
    for word in entropy[4:]:
        pool = [mix(own, hash_(word)) for own in pool]
    constant, words = 0x8B51F9DD, []
    for at in range(count):
        value = (pool[at % 4] ^ constant) & _M32
        constant = constant * 0x58F38DED & _M32
        value = value * constant & _M32
        words.append(value ^ value >> 16)
    return words


class Generator:
    """Draws numbers; each draw hangs on the ones before."""

    def __init__(self, seed: int) -> None:
        words = _seed_words(seed, 8)
        quads = [words[at] | words[at + 1] << 32 for at in range(0, 8, 2)]
        state, stream = quads[0] << 64 | quads[1], quads[2] << 64 | quads[3]
        self._step = (stream << 1 | 1) & _M128
        self._state = ((self._step + state) * _MULTIPLIER + self._step) & _M128
        self._kept = -1

    def _next(self) -> int:
        """Return 32 bits: the lower half of 64, then the upper one."""
        if self._kept >= 0:
            half, self._kept = self._kept, -1
            return half
        self._state = state = (self._state * _MULTIPLIER + self._step) & _M128
        turn = state >> 122
        mixed = (state >> 64 ^ state) & _M64
        drawn = (mixed >> turn | mixed << (-turn & 63)) & _M64
        self._kept = drawn >> 32
        return drawn & _M32

    def integers(self, limit: int, size: Any) -> ndarray:
        """Return whole numbers from 0 to below a limit, which fits into 32 bits."""
        count = 1
        for length in size:
            count *= length
        if limit == 1:
            return array([0] * count, int64).reshape(size)
        draw, floor = self._next, (1 << 32) % limit
        numbers = []
        for _ in range(count):
            product = draw() * limit
            while product & _M32 < floor:
                product = draw() * limit
            numbers.append(product >> 32)
        return array(numbers, int64).reshape(size)


def default_rng(seed: int) -> Generator:
    """Return a generator for a seed."""
    return Generator(seed)
