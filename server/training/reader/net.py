"""The net that reads sentences, as PyTorch trains it. `server/src/missing/reader/forward.ts` is the same in whole numbers."""

import torch
from torch import nn
from torch.nn import functional

# How many rows each table of the embedding has after the one of ranks: two endings, shape, class, and two groupings.
HASHED = [2048, 4096, 512, 4096, 1024, 1024]
# What may be around the tokens of a sentence.
EDGES = 14
KINDS = 40


class Words(nn.Module):
    """What is known about each word: the sum of a row of each table, projected. In training, some are dropped."""

    def __init__(self, ranks, size, width, forgotten=0.08):
        super().__init__()
        self.ranks, self.forgotten = ranks, forgotten
        # Few of the frequent words are in a batch, so the gradient of their table is sparse.
        first = nn.Embedding(ranks + 1 + EDGES, size, sparse=True)
        self.emb = nn.ModuleList([first, *(nn.Embedding(count, size) for count in HASHED)])
        for table in self.emb:
            nn.init.normal_(table.weight, std=0.35)
        self.proj = nn.Linear(size, width)

    def forward(self, rows):
        ranks = rows[:, 0]
        if self.training:
            is_forgotten = (torch.rand(len(ranks)) < self.forgotten) & (ranks <= self.ranks)
            ranks = torch.where(is_forgotten, 0, ranks)
        first, *rest = self.emb
        return self.proj((first(ranks) + sum(table(rows[:, at + 1]) for at, table in enumerate(rest))) * 0.5)


class Convolution(nn.Module):
    """Each token and its neighbours."""

    def __init__(self, width):
        super().__init__()
        self.n = nn.LayerNorm(width)
        self.w = nn.Linear(3 * width, width)

    def forward(self, x, is_padding):
        h = self.n(x) * (~is_padding).unsqueeze(2).float()
        h = functional.pad(h, (0, 0, 1, 1))
        return x + functional.relu(self.w(torch.cat([h[:, :-2], h[:, 1:-1], h[:, 2:]], 2)))


class FeedForward(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.n = nn.LayerNorm(width)
        self.a = nn.Linear(width, 2 * width)
        self.b = nn.Linear(2 * width, width)

    def forward(self, x, is_padding):
        return x + self.b(functional.relu(self.a(self.n(x))))


class Attention(nn.Module):
    """Attention with a learned bias for each distance (after Shaw, Uszkoreit and Vaswani 2018)."""

    def __init__(self, width, heads, reach=24):
        super().__init__()
        self.n = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.o = nn.Linear(width, width)
        # The heads begin with different slopes, from far to near.
        slopes = torch.tensor([0.3, 1, 3, 6, 0.1, 0.6, 2, 8])[:heads, None]
        self.rel = nn.Parameter(-0.08 * torch.arange(-reach, reach + 1).abs().float()[None] * slopes)
        self.heads, self.reach = heads, reach

    def forward(self, x, is_padding):
        batch, count, width = x.shape
        parts = self.qkv(self.n(x)).view(batch, count, 3, self.heads, width // self.heads)
        q, k, v = parts.permute(2, 0, 3, 1, 4)
        at = torch.arange(count)
        distance = (at[None] - at[:, None]).clamp(-self.reach, self.reach) + self.reach
        hidden = torch.zeros(is_padding.shape).masked_fill(is_padding, -1e4)
        bias = self.rel[:, distance][None] + hidden[:, None, None, :]
        y = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        return x + self.o(y.transpose(1, 2).reshape(batch, count, width))


LAYERS = {"c": Convolution, "f": FeedForward, "a": Attention}


class Net(nn.Module):
    """For each token, the log-odds of a loss before it and of being one too many; and the input for kinds of losses."""

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
        # Few boundaries are holes, and fewer words are left over.
        nn.init.constant_(self.out.bias, -3.0)
        nn.init.constant_(self.stray.bias, -4.0)

    def forward(self, words, rows, spaces, is_padding):
        """The log-odds of losses and of words left over, and the input for kinds of losses, by stretches and tokens.

        `words`, by stretches and tokens, are indexes of `rows`, which has one for each table. `spaces`: whether one stands
        before each token.
        """
        x = functional.embedding(words, self.words(rows)) + self.space(spaces)
        for layer in self.layers:
            x = layer(x, is_padding)
        x = self.norm(x)
        before = functional.pad(self.hl(x)[:, :-1], (0, 0, 1, 0))
        h = functional.relu(before + self.hr(x))
        return self.out(h).squeeze(2), self.stray(x).squeeze(2), h
