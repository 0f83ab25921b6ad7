"""Arrays from .npy and .npz files; nothing in a file is ever run."""

from __future__ import annotations

import ast
import struct
import sys
import zipfile
from array import array as Buffer
from typing import Any

from numpy._arrays import ndarray
from numpy._dtypes import Dtype, bool_, float16, float32, float64, int8, int32, int64, uint8

__all__ = ["load"]

_MAGIC = b"\x93NUMPY"
_KINDS: dict[str, Dtype] = {
    "|u1": uint8, "|i1": int8, "|b1": bool_, "<i4": int32, "<i8": int64,
    "<f2": float16, "<f4": float32, "<f8": float64,
}  # fmt: skip


class _Stored:
    """The arrays of a .npz file, read when asked for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.files = [name.removesuffix(".npy") for name in archive.namelist()]

    def __getitem__(self, name: str) -> ndarray:
        return _read(self._archive.read(f"{name}.npy"))


def load(file: Any, allow_pickle: bool = False) -> Any:
    """Return the array of a .npy file, or all of a .npz file."""
    if allow_pickle:
        raise ValueError("the numpy stand-in never loads pickles")
    start = file.read(len(_MAGIC))
    file.seek(0)
    return _read(file.read()) if start == _MAGIC else _Stored(zipfile.ZipFile(file))


def _read(raw: bytes) -> ndarray:
    if not raw.startswith(_MAGIC):
        raise ValueError("this is no array of numpy")
    wide = raw[6] > 1
    length = struct.unpack_from("<I" if wide else "<H", raw, 8)[0]
    first = (12 if wide else 10) + length
    header = ast.literal_eval(raw[first - length : first].decode("latin-1"))
    if header["descr"] not in _KINDS:
        raise ValueError(f"the numpy stand-in cannot read {header}")
    kind = _KINDS[header["descr"]]
    shape = tuple(header["shape"])
    if header["fortran_order"]:  # columns one after the other
        return ndarray(_numbers(raw[first:], kind), kind, shape[::-1]).T
    return ndarray(_numbers(raw[first:], kind), kind, shape)


def _numbers(raw: bytes, kind: Dtype) -> Any:
    if kind is float16:
        return Buffer("f", struct.unpack(f"<{len(raw) // 2}e", raw))
    numbers = Buffer(kind.code, raw)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
