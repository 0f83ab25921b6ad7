"""The optional encoder: what a body does to a headline, read by a small trained model.

Needs the extra `encoder` (onnxruntime and tokenizers) and the model's files, which are no part
of the wheel. Two heads over one trunk: stance, and whether the body bears the headline out. It
is no judge of truth: it has learned from edited headlines, and its card says where it fails.
"""

from __future__ import annotations

from newsresearch.encoder.files import FILES, MODEL_FOLDER, EncoderError, find_model
from newsresearch.encoder.inputs import LABELS, read_evidence
from newsresearch.encoder.model import Encoder, Readings, load_encoder, read_pairs

__all__ = [
    "FILES",
    "LABELS",
    "MODEL_FOLDER",
    "Encoder",
    "EncoderError",
    "Readings",
    "find_model",
    "load_encoder",
    "read_evidence",
    "read_pairs",
]
