"""The optional encoder: what it must tell apart, and that its answers hang on nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from newsresearch.encoder import (
    FILES,
    LABELS,
    MODEL_FOLDER,
    EncoderError,
    Readings,
    find_model,
    load_encoder,
    read_evidence,
    read_pairs,
)

BODY = (
    "The council of Saltmere voted on Monday to close the old swimming pool. "
    "Mayor Ann Lee said that the repairs would cost 4 million pounds. "
    "About 300 residents had signed a petition to keep the pool open. "
    "The building dates from 1931. "
    "A spokeswoman for the swimming club said it was a sad day for the town."
)
ORCHARD = (
    "Growers in the Tarn valley have lost half of their cherries to a late frost. "
    "Temperatures fell to minus five on Thursday night. "
    "The growers' union has asked the ministry for aid."
)
# A headline that the body bears out, and the same one turned round.
TURNED = [
    ("Saltmere council votes to close old swimming pool",
     "Saltmere council votes not to close old swimming pool", BODY),
    ("Repairs to cost 4 million pounds, mayor says",
     "Repairs to cost 9 million pounds, mayor says", BODY),
    ("Frost destroys half of Tarn valley cherries",
     "Frost spares Tarn valley cherries", ORCHARD),
    ("Growers' union has asked ministry for aid",
     "Growers' union has not asked ministry for aid", ORCHARD),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder() -> Path:
    """Return the folder of the model; skip, and say why, where it cannot be used."""
    pytest.importorskip("onnxruntime", reason="the extra 'encoder' is not installed")
    pytest.importorskip("tokenizers", reason="the extra 'encoder' is not installed")
    try:
        return find_model()
    except EncoderError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def readings(folder: Path) -> Readings:
    pairs = [(text, body) for good, bad, body in TURNED for text in (good, bad)]
    return read_pairs(pairs)


def test_the_best_sentence_stands_first_and_white_space_is_single() -> None:
    evidence = read_evidence("Mayor puts cost of repairs at 4 million", BODY.replace(". ", ".\n\n"))
    assert evidence.startswith("Mayor Ann Lee said that the repairs")
    assert "\n" not in evidence
    assert read_evidence("Mayor puts cost of repairs at 4 million", "") == ""


def test_probabilities_add_up(readings: Readings) -> None:
    for table in readings:
        assert table.shape == (2 * len(TURNED), len(LABELS))
        assert np.allclose(table.sum(axis=1), 1)
        assert (table >= 0).all()


@pytest.mark.parametrize("at", range(len(TURNED)))
def test_a_headline_turned_round_is_contradicted_more(readings: Readings, at: int) -> None:
    good, bad = readings.support[2 * at], readings.support[2 * at + 1]
    assert bad[1] > good[1] + 0.1


def test_a_headline_of_another_story_is_unrelated(folder: Path) -> None:
    own, other = read_pairs([(TURNED[0][0], BODY), (TURNED[0][0], ORCHARD)])[0]
    assert other[3] > own[3] + 0.2
    assert own[3] < 0.1


def test_order_and_batch_change_nothing(folder: Path) -> None:
    pairs = [(text, body) for good, bad, body in TURNED for text in (good, bad)] + [("Pool", "")]
    whole, turned, single = read_pairs(pairs), read_pairs(pairs[::-1]), read_pairs(pairs, batch=1)
    for mine, theirs, alone in zip(whole, turned, single, strict=True):
        assert np.abs(mine - theirs[::-1]).max() < 1e-4
        assert np.abs(mine - alone).max() < 1e-4


def test_nothing_to_read_gives_no_rows(folder: Path) -> None:
    found = read_pairs([])
    assert found.stance.shape == found.support.shape == (0, 4)


def test_very_long_texts_are_cut(folder: Path) -> None:
    found = read_pairs([("pool " * 400, "The pool is closed. " * 400), ("", BODY)])
    assert np.isfinite(found.support).all()


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    copy = tmp_path / "encoder"
    shutil.copytree(folder, copy)
    raw = bytearray((copy / name).read_bytes())
    raw[len(raw) // 2] ^= 1
    (copy / name).write_bytes(raw)
    monkeypatch.setenv(MODEL_FOLDER, str(tmp_path))
    with pytest.raises(EncoderError, match=r"damaged or another one.*sha256"):
        find_model()


def test_a_missing_file_is_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MODEL_FOLDER, str(tmp_path))
    with pytest.raises(EncoderError, match=rf"model\.onnx is not there.*{MODEL_FOLDER}"):
        find_model()


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    for name in ("onnxruntime", "tokenizers"):
        if name != package:
            monkeypatch.setitem(sys.modules, name, pytest)  # stands in: it is only asked for
    monkeypatch.setitem(sys.modules, package, None)
    load_encoder.cache_clear()
    with pytest.raises(EncoderError, match=rf"{package}.*newsresearch\[encoder\]"):
        load_encoder()


def test_importing_the_encoder_loads_no_engine() -> None:
    code = (
        "import sys, newsresearch.encoder;"
        "print(sorted({'onnxruntime', 'tokenizers', 'torch'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
