"""Trains the net that reads sentences: python3 train.py DATA NET.pt [--passes N] [--minutes N] [--from NET.pt] …

DATA is what `export.ts` has written. The net is kept now and then, and once more at the end.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from data import UNCLEAR, Words, batch, batches, pieces
from net import Net

SHAPE, WIDTH, SIZE, HEADS = "c1-a-f2-c1-a-f2-c1", 128, 64, 4
WARM_UP = 100
SAY, KEEP = 100, 1000


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--from", dest="source", type=Path, help="a net to train on, of the same frequent words")
    parser.add_argument("--passes", type=int, default=1, help="the first so many that were written, once each")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="end after so many at the latest, the rate fallen to 0")
    parser.add_argument("--rate", type=float, default=2.5e-3)
    parser.add_argument("--batch", type=int, default=16384, help="tokens")
    parser.add_argument("--leftover", type=float, default=0.8, help="what the loss of words left over weighs beside that of gaps")
    parser.add_argument("--kind", type=float, default=0.1, help="the same for kinds of gaps")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    return parser.parse_args()


def has_bf16():
    """Whether the processor multiplies numbers of 16 bits, twice as fast."""
    info = Path("/proc/cpuinfo")
    return info.exists() and "bf16" in info.read_text()


def losses(net, gaps, leftover, h, gap_labels, leftover_labels, kind_weight):
    """Three means: the loss of gaps with that of their kinds, that of words left over, and that of gaps alone."""
    is_clear, is_told = gap_labels < UNCLEAR, leftover_labels < UNCLEAR
    is_hole = is_clear & (gap_labels > 0)
    gap = mean(functional.binary_cross_entropy_with_logits, gaps[is_clear], (gap_labels[is_clear] > 0).float())
    stray = mean(functional.binary_cross_entropy_with_logits, leftover[is_told], leftover_labels[is_told].float())
    kinds = mean(functional.cross_entropy, net.kind(h[is_hole].float()), gap_labels[is_hole])
    return gap + kind_weight * is_hole.sum() / max(1, is_clear.sum()) * kinds, stray, gap


def mean(loss, found, labels):
    """The mean of a loss; 0 where nothing is to be learned from."""
    return loss(found, labels, reduction="sum") / max(1, len(labels))


class Optimizers:
    """Adam for the frequent words, of which a batch has few, and AdamW for all else."""

    def __init__(self, net):
        words = net.words.emb[0].weight
        self.rest = [parameter for parameter in net.parameters() if parameter is not words]
        self.both = [torch.optim.SparseAdam([words]), torch.optim.AdamW(self.rest, weight_decay=0.01, betas=(0.9, 0.98))]

    def step(self, loss, rate):
        for optimizer in self.both:
            optimizer.param_groups[0]["lr"] = rate
            optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.rest, 1.0)
        for optimizer in self.both:
            optimizer.step()


def train(options):
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    random = np.random.default_rng(options.seed)
    words = Words(options.data)
    rows = torch.from_numpy(words.rows)
    net = Net(SHAPE, len(words.frequent), WIDTH, SIZE, heads=HEADS)
    if options.source is not None:
        saved = torch.load(options.source, weights_only=False, map_location="cpu")
        net.load_state_dict({name: tensor.float() for name, tensor in saved["state"].items()})
    optimizers = Optimizers(net)
    order = [options.data / str(number) for number in range(options.passes)]
    total = sum((folder / "gaps.bin").stat().st_size for folder in order)
    began, seen, steps, recent = time.time(), 0, 0, []

    def keep():
        shape = {"arch": SHAPE, "d": WIDTH, "e": SIZE, "heads": HEADS}
        torch.save({"state": net.state_dict(), "args": shape, "seed": options.seed}, options.out)

    net.train()
    every = (piece for folder in order for piece in pieces(folder))
    for piece, indexes in ((piece, indexes) for piece in every for indexes in batches(piece, options.batch, random)):
        elapsed = time.time() - began
        done = max(seen / total, elapsed / 60 / options.minutes)
        if done >= 1:
            break
        # The rate rises, stays, and falls to 0 in the last four fifths.
        rate = options.rate * min(1, steps / WARM_UP) * min(1, (1 - done) / 0.8) + 1e-6
        tokens, spaces, gap_labels, leftover_labels, judged = batch(piece, indexes, words.padding)
        unique, places = np.unique(tokens, return_inverse=True)
        places = torch.from_numpy(places.reshape(tokens.shape))
        is_padding = torch.from_numpy(tokens == words.padding)
        with torch.autocast("cpu", torch.bfloat16, enabled=has_bf16()):
            gaps, leftover, h = net(places, rows[torch.from_numpy(unique)], torch.from_numpy(spaces), is_padding)
        labels = torch.from_numpy(gap_labels), torch.from_numpy(leftover_labels)
        loss, stray, gap = losses(net, gaps.float(), leftover.float(), h, *labels, options.kind)
        optimizers.step(loss + options.leftover * stray, rate)
        steps, seen = steps + 1, seen + judged
        recent = [*recent[1 - 2 * SAY :], (gap.item(), stray.item())]
        if steps % SAY == 0:
            means = np.mean(recent, axis=0)
            print(f"{elapsed:.0f} s, step {steps}: {seen / 1e6:.2f} million boundaries, loss {means[0]:.4f} of gaps, {means[1]:.4f} of words left over", flush=True)
        if steps % KEEP == 0:
            keep()
    keep()
    print(f"{options.out}: {steps} steps, {seen} boundaries in {time.time() - began:.0f} s", flush=True)


if __name__ == "__main__":
    train(arguments())
