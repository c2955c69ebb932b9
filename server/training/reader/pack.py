"""Packs a trained net into the file that ships: python3 pack.py NET.pt WORDS.json server/model/reader.json

Weights become signed bytes with a scale for each row; those of words in 31 steps with a scale for each column, so that
they zip to two thirds. `server/src/missing/reader/model.ts` reads it.
"""

import base64
import gzip
import json
import sys

import numpy as np
import torch

from net import Attention, Convolution, Net

WORD_STEPS = 15


def array(tensor):
    return tensor.detach().float().numpy()


class Packer:
    def __init__(self):
        self.floats, self.steps = [], []

    def numbers(self, *tensors):
        self.floats += [array(tensor).ravel() for tensor in tensors]

    def linear(self, module, columns=None):
        weight = array(module.weight) * (1 if columns is None else columns[None, :])
        scales = np.maximum(np.abs(weight).max(1), 1e-9) / 127
        self.steps.append(np.rint(weight / scales[:, None]).astype(np.int8).ravel())
        self.floats += [scales, array(module.bias) if module.bias is not None else np.zeros(len(weight))]

    def tables(self, tables):
        """The scale of each column, which becomes part of the projection."""
        tables = [array(table.weight) for table in tables]
        columns = np.maximum(np.abs(np.concatenate(tables)).max(0), 1e-9) / WORD_STEPS
        self.steps += [np.rint(table / columns).astype(np.int8).ravel() for table in tables]
        return columns


def packed(net, words):
    """The bytes of the file."""
    to = Packer()
    columns = to.tables(net.words.emb)
    to.linear(net.words.proj, columns * 0.5)
    to.numbers(net.space.weight)
    names = []
    for layer in net.layers:
        to.numbers(layer.n.weight, layer.n.bias)
        if isinstance(layer, Convolution):
            names.append("convolution")
            to.linear(layer.w)
        elif isinstance(layer, Attention):
            names.append("attention")
            to.linear(layer.qkv)
            to.linear(layer.o)
            to.numbers(layer.rel)
        else:
            names.append("feed-forward")
            to.linear(layer.a)
            to.linear(layer.b)
    to.numbers(net.norm.weight, net.norm.bias)
    to.linear(net.hl)
    to.linear(net.hr)
    to.numbers(net.out.weight, net.out.bias, net.stray.weight, net.stray.bias)
    to.linear(net.kind)
    floats = np.concatenate(to.floats).astype("<f4")
    text = "\n".join(words).encode()
    header = {
        "format": "galley-reader-1",
        "rows": [table.num_embeddings for table in net.words.emb],
        "embedding": net.words.proj.in_features,
        "width": net.words.proj.out_features,
        "heads": next(layer.heads for layer in net.layers if isinstance(layer, Attention)),
        "reach": next(layer.reach for layer in net.layers if isinstance(layer, Attention)),
        "head": net.hl.out_features,
        "kinds": net.kind.out_features,
        "layers": names,
        "words": len(text),
        "floats": len(floats),
    }
    line = (json.dumps(header) + "\n").encode()
    return line + floats.tobytes() + np.concatenate(to.steps).tobytes() + text


def main(source, words_file, target):
    saved = torch.load(source, weights_only=False, map_location="cpu")
    with open(words_file, encoding="utf8") as file:
        words = json.load(file)
    # Layers with a number have one size here: c1 is a convolution over three tokens, f2 twice as wide inside.
    net = Net(saved["args"]["arch"], len(words), saved["args"]["d"], saved["args"]["e"], heads=saved["args"]["heads"])
    net.load_state_dict({name: tensor.float() for name, tensor in saved["state"].items()})
    text = base64.b64encode(gzip.compress(packed(net, words), 9, mtime=0)).decode()
    with open(target, "w", encoding="utf8") as file:
        file.write(json.dumps({"about": "A net's file (server/src/missing/reader/model.ts): gzip, in base 64.", "gzip": text}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
