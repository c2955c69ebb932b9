"""The net that reads sentences, as PyTorch trains it. `server/src/missing/reader/forward.ts` is the same in whole numbers."""

import torch
from torch import nn
from torch.nn import functional

# How many rows each table of the embedding has after that of ranks: two endings, shape, class, and two groupings.
HASHED = [2048, 4096, 512, 4096, 1024, 1024]
# What may stand around the tokens of a sentence.
EDGES = 14
KINDS = 40


class Words(nn.Module):
    """What is known of each token: the sum of a row of each table, projected."""

    def __init__(self, ranks, size, width):
        super().__init__()
        self.emb = nn.ModuleList([nn.Embedding(n, size) for n in [ranks + 1 + EDGES, *HASHED]])
        self.proj = nn.Linear(size, width)

    def forward(self, rows):
        return self.proj(sum(table(rows[:, at]) for at, table in enumerate(self.emb)) * 0.5)


class Convolution(nn.Module):
    """Each token and its neighbours."""

    def __init__(self, width):
        super().__init__()
        self.n = nn.LayerNorm(width)
        self.w = nn.Linear(3 * width, width)

    def forward(self, x):
        h = functional.pad(self.n(x), (0, 0, 1, 1))
        return x + functional.relu(self.w(torch.cat([h[:, :-2], h[:, 1:-1], h[:, 2:]], 2)))


class FeedForward(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.n = nn.LayerNorm(width)
        self.a = nn.Linear(width, 2 * width)
        self.b = nn.Linear(2 * width, width)

    def forward(self, x):
        return x + self.b(functional.relu(self.a(self.n(x))))


class Attention(nn.Module):
    """Attention with a learned bias for each distance (after Shaw, Uszkoreit and Vaswani 2018)."""

    def __init__(self, width, heads, reach=24):
        super().__init__()
        self.n = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.o = nn.Linear(width, width)
        self.rel = nn.Parameter(torch.zeros(heads, 2 * reach + 1))
        self.heads, self.reach = heads, reach

    def forward(self, x):
        batch, count, width = x.shape
        parts = self.qkv(self.n(x)).view(batch, count, 3, self.heads, width // self.heads)
        q, k, v = parts.permute(2, 0, 3, 1, 4)
        at = torch.arange(count)
        distance = (at[None] - at[:, None]).clamp(-self.reach, self.reach) + self.reach
        y = functional.scaled_dot_product_attention(q, k, v, attn_mask=self.rel[:, distance][None])
        return x + self.o(y.transpose(1, 2).reshape(batch, count, width))


LAYERS = {"c": Convolution, "f": FeedForward, "a": Attention}


class Net(nn.Module):
    """For each token the log-odds of a loss before it and of its being one too many; and what kinds of losses go by."""

    def __init__(self, shape, ranks, width=128, size=64, head=48, heads=4):
        super().__init__()
        self.words = Words(ranks, size, width)
        self.space = nn.Embedding(2, width)
        make = lambda part: LAYERS[part[0]](width, heads) if part[0] == "a" else LAYERS[part[0]](width)
        self.layers = nn.ModuleList([make(part) for part in shape.split("-")])
        self.norm = nn.LayerNorm(width)
        self.hl = nn.Linear(width, head)
        self.hr = nn.Linear(width, head, bias=False)
        self.out = nn.Linear(head, 1)
        self.kind = nn.Linear(head, KINDS)
        self.stray = nn.Linear(width, 1)

    def forward(self, rows, spaces):
        """`rows`: tokens by tables, of one sentence; `spaces`: whether one stands before each."""
        x = (self.words(rows) + self.space(spaces))[None]
        for layer in self.layers:
            x = layer(x)
        x = self.norm(x)
        before = functional.pad(self.hl(x)[:, :-1], (0, 0, 1, 0))
        h = functional.relu(before + self.hr(x))
        return self.out(h)[0, :, 0], self.stray(x)[0, :, 0], self.kind(h)[0]
