"""The networks in torch: the small one that is shipped and the deep ones that teach it; forward-backward in numpy."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from citenorm.parse.labels import LABELS


class Dropout(nn.Module):
    """Dropout whose random bytes numpy draws, several times as fast as torch does; seeded by torch's seed."""

    def __init__(self) -> None:
        super().__init__()
        self.random = np.random.Generator(np.random.SFC64(int(torch.randint(2**31, ()))))

    def forward(self, x, share):  # type: ignore[no-untyped-def]
        if not self.training or not share:
            return x
        kept = np.frombuffer(self.random.bytes(x.numel()), np.uint8) >= round(share * 256)
        return x * torch.from_numpy(
            kept.reshape(x.shape) * np.float32(256 / (256 - round(share * 256)))
        )


class Tagger(nn.Module):
    """The network of ``citenorm.parse.network``: a convolution, a gated recurrence from each side, a convolution."""

    def __init__(self, rows: int, width: int, hidden: int, state: int) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(rows, width, mode="sum", sparse=True)
        nn.init.normal_(self.table.weight, std=0.08)
        self.conv1 = nn.Parameter(torch.randn(5, width, hidden) * (2 / (5 * width)) ** 0.5)
        self.bias1 = nn.Parameter(torch.zeros(hidden))
        self.rec = nn.Parameter(torch.randn(hidden, 4 * state) * (1 / hidden) ** 0.5)
        self.gate = nn.Parameter(torch.linspace(-1, 3, state).repeat(2))
        self.mix = nn.Parameter(torch.randn(2 * state, hidden) * (1 / (2 * state)) ** 0.5)
        self.bias2 = nn.Parameter(torch.zeros(hidden))
        self.conv2 = nn.Parameter(torch.randn(3, hidden, hidden) * (1 / (3 * hidden)) ** 0.5)
        self.bias3 = nn.Parameter(torch.zeros(hidden))
        self.out = nn.Parameter(torch.randn(hidden, len(LABELS)) * (1 / hidden) ** 0.5)
        self.bias4 = nn.Parameter(torch.zeros(len(LABELS)))
        self.chain = nn.Parameter(torch.eye(len(LABELS)) * 1.0)
        self.first = nn.Parameter(torch.zeros(len(LABELS)))
        self.dropout = Dropout()

    def forward(self, flat, offsets, word_at, gap_at, mask, drop):  # type: ignore[no-untyped-def]
        vectors = self.table(flat, offsets)
        x = self.dropout(vectors[word_at] + vectors[gap_at], drop) * mask
        with torch.autocast("cpu", torch.bfloat16):
            h = torch.relu(convolve(x, self.conv1, self.bias1))
            h = self.dropout(h, drop) * mask
            mixed = h @ self.rec
        states = self.dropout(recur(mixed.float(), self.gate), drop)
        with torch.autocast("cpu", torch.bfloat16):
            h2 = (torch.relu(states @ self.mix + self.bias2) + h) * mask
            h3 = torch.relu(convolve(h2, self.conv2, self.bias3)) + h2
        return self.dropout(h3.float(), drop) @ self.out + self.bias4


class Layer(nn.Module):
    """A gated recurrence from each side and a convolution over three words, each added to what came in."""

    def __init__(self, hidden: int, state: int) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(hidden), nn.LayerNorm(hidden)
        self.rec = nn.Parameter(torch.randn(hidden, 4 * state) * (1 / hidden) ** 0.5)
        self.gate = nn.Parameter(torch.linspace(-1, 3, state).repeat(2))
        self.mix = nn.Parameter(torch.randn(2 * state, hidden) * (1 / (2 * state)) ** 0.5)
        self.bias2 = nn.Parameter(torch.zeros(hidden))
        self.conv = nn.Parameter(torch.randn(3, hidden, hidden) * (1 / (3 * hidden)) ** 0.5)
        self.bias3 = nn.Parameter(torch.zeros(hidden))
        self.dropout = Dropout()

    def forward(self, h, mask, drop):  # type: ignore[no-untyped-def]
        with torch.autocast("cpu", torch.bfloat16):
            mixed = (self.norm1(h) * mask) @ self.rec
        states = self.dropout(recur(mixed.float(), self.gate), drop)
        with torch.autocast("cpu", torch.bfloat16):
            h = h + torch.relu(states @ self.mix + self.bias2) * mask
            h = (
                h
                + self.dropout(
                    torch.relu(convolve(self.norm2(h) * mask, self.conv, self.bias3)), drop
                )
                * mask
            )
        return h


class Deep(nn.Module):
    """A teacher: wider, with several layers."""

    def __init__(self, rows: int, width: int, hidden: int, state: int, layers: int) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag(rows, width, mode="sum", sparse=True)
        nn.init.normal_(self.table.weight, std=0.06)
        self.conv1 = nn.Parameter(torch.randn(5, width, hidden) * (2 / (5 * width)) ** 0.5)
        self.bias1 = nn.Parameter(torch.zeros(hidden))
        self.layers = nn.ModuleList(Layer(hidden, state) for _ in range(layers))
        self.norm = nn.LayerNorm(hidden)
        self.out = nn.Parameter(torch.randn(hidden, len(LABELS)) * (1 / hidden) ** 0.5)
        self.bias4 = nn.Parameter(torch.zeros(len(LABELS)))
        self.chain = nn.Parameter(torch.eye(len(LABELS)) * 1.0)
        self.first = nn.Parameter(torch.zeros(len(LABELS)))
        self.dropout = Dropout()

    def forward(self, flat, offsets, word_at, gap_at, mask, drop):  # type: ignore[no-untyped-def]
        vectors = self.table(flat, offsets)
        x = self.dropout(vectors[word_at] + vectors[gap_at], drop) * mask
        with torch.autocast("cpu", torch.bfloat16):
            h = torch.relu(convolve(x, self.conv1, self.bias1)) * mask
        for layer in self.layers:
            h = layer(h, mask, drop)
        h = self.dropout(self.norm(h.float()), drop)
        return h @ self.out + self.bias4


class Recurrence(torch.autograd.Function):
    """state[t] = gate[t] · state[t−1] + value[t], from each side: the two halves of ``gate`` and ``value`` (time × references × 2 widths)."""

    @staticmethod
    def forward(ctx, gate, value):  # type: ignore[no-untyped-def]
        width = gate.shape[2] // 2
        states = torch.empty_like(value)
        steps = len(gate)
        for half, order in (
            (slice(None, width), range(steps)),
            (slice(width, None), range(steps - 1, -1, -1)),
        ):
            state = torch.zeros_like(value[0, :, half])
            for t in order:
                state = torch.addcmul(
                    value[t, :, half], gate[t, :, half], state, out=states[t, :, half]
                )
        ctx.save_for_backward(gate, states)
        return states

    @staticmethod
    def backward(ctx, grad):  # type: ignore[no-untyped-def]
        gate, states = ctx.saved_tensors
        width = gate.shape[2] // 2
        steps = len(gate)
        value_grad = torch.empty_like(grad)
        gate_grad = torch.zeros_like(grad)
        for half, order in (
            (slice(None, width), range(steps - 1, -1, -1)),
            (slice(width, None), range(steps)),
        ):
            carried = torch.zeros_like(grad[0, :, half])
            for t in order:
                torch.add(grad[t, :, half], carried, out=value_grad[t, :, half])
                carried = value_grad[t, :, half] * gate[t, :, half]
        gate_grad[1:, :, :width] = value_grad[1:, :, :width] * states[:-1, :, :width]
        gate_grad[:-1, :, width:] = value_grad[:-1, :, width:] * states[1:, :, width:]
        return gate_grad, value_grad


def recur(mixed, bias):  # type: ignore[no-untyped-def]
    """Gates and values (time × references × 4 widths) → the states from each side."""
    half = mixed.shape[2] // 2
    gate = torch.sigmoid(mixed[:, :, :half] + bias)
    return Recurrence.apply(gate, mixed[:, :, half:] * (1 - gate))


def convolve(x, weights, bias):  # type: ignore[no-untyped-def]
    middle = len(weights) // 2
    padded = nn.functional.pad(x, (0, 0, 0, 0, middle, middle))
    window = torch.cat([padded[k : k + len(x)] for k in range(len(weights))], dim=2)
    return torch.addmm(bias, window.flatten(0, 1), weights.flatten(0, 1)).view(*x.shape[:2], -1)


def forward_backward(scores, chain, first, mask):  # type: ignore[no-untyped-def]
    """Marginals, expected moves and log sums of a linear chain (probabilities scaled a step at a time)."""
    steps, many, labels = scores.shape
    top = scores.max(axis=2, keepdims=True)
    local = np.exp(scores - top)
    move = np.exp(chain)
    ahead = np.empty_like(local)
    log_z = np.zeros(many)
    now = local[0] * np.exp(first)
    for t in range(steps):
        if t:
            now = (now @ move) * local[t]
        total = np.maximum(now.sum(1, keepdims=True), 1e-30)
        now = now / total
        log_z += np.where(mask[t], np.log(total[:, 0]) + top[t, :, 0], 0)
        ahead[t] = now
    marginals = np.empty_like(local)
    moves = np.zeros_like(move)
    back = np.ones((many, labels), np.float32)
    for t in range(steps - 1, -1, -1):
        if t < steps - 1:
            coming = local[t + 1] * back
            inside = mask[t + 1][:, None]
            norm = np.maximum(((ahead[t] @ move) * coming).sum(1, keepdims=True), 1e-30)
            moves += ahead[t].T @ np.where(inside, coming / norm, 0)
            new = coming @ move.T
            back = np.where(inside, new / np.maximum(new.max(1, keepdims=True), 1e-30), 1).astype(
                np.float32
            )
        both = ahead[t] * back
        marginals[t] = both / np.maximum(both.sum(1, keepdims=True), 1e-30) * mask[t][:, None]
    return marginals, moves * move, log_z
