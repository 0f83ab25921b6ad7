"""The encoder as it is trained: MiniLM over headline and evidence together, two heads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoModel

CLASSES = (4, 4)
FROZEN = 2  # layers that stay as they are: a fifth of the time


class CrossEncoder(nn.Module):
    """The trunk and its two heads: logits of stance and of support."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.trunk = AutoModel.from_pretrained(base, add_pooling_layer=False)
        for part in (self.trunk.embeddings, *self.trunk.encoder.layer[:FROZEN]):
            part.requires_grad_(False)
        size = 5 * self.trunk.config.hidden_size
        self.heads = nn.ModuleList([nn.Linear(size, count) for count in CLASSES])

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor) -> tuple[Tensor, Tensor]:
        """Return the logits of both heads."""
        states = self.trunk(input_ids=ids, attention_mask=mask, token_type_ids=types)[0]
        theirs = (types * mask).unsqueeze(-1).to(states.dtype)
        ours = ((1 - types) * mask).unsqueeze(-1).to(states.dtype)
        one = (states * ours).sum(1) / ours.sum(1).clamp(min=1)
        two = (states * theirs).sum(1) / theirs.sum(1).clamp(min=1)
        seen = torch.cat([states[:, 0], one, two, (one - two).abs(), one * two], dim=-1)
        return self.heads[0](seen), self.heads[1](seen)


def collate(rows: Sequence[Any]) -> tuple[Tensor, Tensor, Tensor]:
    """Return pieces, mask and types of rows, filled up with zeros."""
    longest = max(len(row.ids) for row in rows)
    shape = len(rows), longest
    ids, mask, types = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    for at, row in enumerate(rows):
        count = len(row.ids)
        ids[at, :count] = torch.tensor(row.ids)
        types[at, :count] = torch.tensor(row.types)
        mask[at, :count] = 1
    return ids, mask, types
