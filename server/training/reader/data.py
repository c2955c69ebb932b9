"""Reads what `export.ts` wrote, in batches."""

import json
from pathlib import Path

import numpy as np

from net import EDGES

# Labels that are not learned from; see `strays.ts`.
UNCLEAR = 255
# How many boundaries are read from disk at once.
PIECE = 12_000_000
# A stretch of fewer tokens is not a sentence.
LEAST_SEEN = 5
# A batch has stretches of about the same length, chosen from this many at a time.
SHARD = 120_000


class Words:
    """The frequent words, and for each word and edge the row of each table, counted from the table's first."""

    def __init__(self, folder):
        self.frequent = json.loads((Path(folder) / "words.json").read_text(encoding="utf8"))
        first = np.array(json.loads((Path(folder) / "tables.json").read_text()), np.int32)
        rows = np.fromfile(Path(folder) / "rows.bin", np.int32).reshape(-1, len(first))
        self.rows = (rows - first).astype(np.int64)
        # Pads the shorter stretches of a batch: an edge that the finder does not use.
        self.padding = len(rows) - EDGES + 12


class Piece:
    """Some paragraphs: arrays by token, and stretches, which index them."""

    def __init__(self, folder, first, last, stretches):
        read = lambda name, kind: np.array(np.memmap(folder / f"{name}.bin", kind, "r")[first:last])
        self.tokens, self.spaces = read("tokens", np.int32), read("spaces", np.uint8)
        self.gaps, self.leftover = read("gaps", np.uint8), read("leftover", np.uint8)
        self.stretches = stretches - np.array([first] * 4 + [0, 0], np.int32)


def pieces(folder):
    """The pieces of a pass, in order."""
    stretches = np.fromfile(Path(folder) / "stretches.bin", np.int32).reshape(-1, 6)
    # A piece ends with a paragraph, so the next begins where a stretch begins its paragraph.
    begins = np.flatnonzero(np.append(True, stretches[1:, 0] == stretches[:-1, 3]))
    at = 0
    while at < len(begins):
        first = stretches[begins[at], 0]
        after = max(at + 1, int(np.searchsorted(stretches[begins, 0], first + PIECE)))
        until = begins[after] if after < len(begins) else len(stretches)
        yield Piece(Path(folder), int(first), int(stretches[until - 1, 3]), stretches[begins[at] : until])
        at = after


def batches(piece, tokens, random):
    """Batches of a limited number of tokens, including padding, as indexes of stretches. Each stretch is in one."""
    lengths = piece.stretches[:, 1] - piece.stretches[:, 0]
    order = random.permutation(len(lengths))
    order = order[lengths[order] >= LEAST_SEEN]
    for start in range(0, len(order), SHARD):
        shard = order[start : start + SHARD]
        shard = shard[np.argsort(lengths[shard], kind="stable")]
        parts, at = [], 0
        while at < len(shard):
            end = min(len(shard), at + max(1, tokens // (int(lengths[shard[at]]) + 2)))
            while end > at + 1 and (lengths[shard[end - 1]] + 2) * (end - at) > tokens:
                end = at + max(1, int((end - at) * 0.9))
            parts.append(shard[at:end])
            at = end
        random.shuffle(parts)
        yield from parts


def batch(piece, indexes, padding):
    """The tokens of some stretches with their edges, spaces, and the labels of gaps and of words left over."""
    first, last, start, end, before, after = (piece.stretches[indexes, at][:, None] for at in range(6))
    lengths = last - first
    column = np.arange(int(lengths.max()) + 2)[None] - 1
    is_token = (column >= 0) & (column < lengths)
    place = np.where(is_token, first + column, 0)
    tokens = np.where(is_token, piece.tokens[place], padding)
    tokens[:, :1] = before
    tokens = np.where((column == lengths) & (after >= 0), after, tokens)
    spaces = np.where(is_token, piece.spaces[place], 0)
    is_judged = is_token & (place >= start) & (place < end)
    labels = (np.where(is_judged, values[place], UNCLEAR) for values in (piece.gaps, piece.leftover))
    return tokens.astype(np.int64), spaces.astype(np.int64), *(label.astype(np.int64) for label in labels), int(is_judged.sum())
