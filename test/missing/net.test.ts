import { expect, test } from "vitest";
import { noClusters } from "../../server/src/missing/clusters.ts";
import { newPadded, pad, PADDING } from "../../server/src/missing/features.ts";
import { scoresOf, NET_THRESHOLD } from "../../server/src/missing/find.ts";
import {
  COUNTS,
  HIDDEN,
  INPUTS,
  netAt,
  REACH,
  rowOf,
  ROWS,
  SECOND,
  STRIDE,
  WIDTH,
  type Net,
  type Quantized,
} from "../../server/src/missing/net.ts";
import { trainedModel } from "../../server/src/missing/trained.ts";
import { EDGES, emptyVocabulary, facetsOf } from "../../server/src/missing/vocabulary.ts";
import { tokenize } from "../../server/src/language/tokens.ts";
import { emptyNet, type FloatNet } from "../../server/training/network.ts";
import { packNet } from "../../server/training/pack.ts";
import { randomFrom } from "../../server/training/random.ts";

const TEXT =
  "The old bridge, which was closed on Monday, is to be repaired; she said that (for now) no 2 reports were .";

function anyNet(seed: number): FloatNet {
  const random = randomFrom(seed);
  const numbers = (size: number): Float32Array =>
    Float32Array.from({ length: size }, () => random() - 0.5);
  return {
    table: numbers(ROWS * WIDTH),
    first: numbers(HIDDEN * INPUTS),
    counts: numbers(COUNTS * HIDDEN),
    second: numbers(SECOND * HIDDEN),
    secondBias: numbers(SECOND),
    last: numbers(SECOND),
    bias: random(),
  };
}

function read(text: string) {
  const tokens = tokenize(text);
  const facets = facetsOf(emptyVocabulary(noClusters()), tokens.lexicon);
  const { count, starts, ends } = tokens;
  const padded = newPadded(count + 2 * PADDING + 1);
  const { ids, spaces, verbs } = padded;
  for (let at = 0; at < count; at++) {
    ids[at + PADDING] = (tokens.words[at] ?? 0) + EDGES;
    spaces[at + PADDING] = starts[at] === ends[at - 1] ? 0 : 1;
  }
  pad(padded, facets, count);
  return { count, facets, ids, spaces, verbs };
}

/** The same sums, as a textbook has them. */
function slowly(
  net: FloatNet,
  { facets, ids, spaces, verbs }: ReturnType<typeof read>,
  at: number,
  score: number,
): number {
  const inputs: number[] = [];
  const see = (id: number, last: number): void => {
    for (let index = 0; index < WIDTH; index++) {
      const parts = [0, 1, 2, 3, 4].map(
        (view) => net.table[rowOf(facets, id, view) * WIDTH + index] ?? 0,
      );
      inputs.push(parts.reduce((a, b) => a + b));
    }
    inputs.push(last);
  };
  for (let place = at + PADDING - REACH; place < at + PADDING + REACH; place++)
    see(ids[place] ?? 0, spaces[place] ?? 0);
  see(verbs.left[at] ?? 0, score / 4);
  see(verbs.right[at] ?? 0, 0);
  expect(inputs).toHaveLength(INPUTS);
  expect(inputs.length % STRIDE).toBe(0);
  const layer = (rows: Float32Array, from: number[], bias: (unit: number) => number): number[] =>
    Array.from({ length: rows.length / from.length }, (_, unit) =>
      Math.max(
        0,
        from.reduce((sum, x, index) => sum + x * (rows[unit * from.length + index] ?? 0), 0) +
          bias(unit),
      ),
    );
  const count = verbs.counts[at] ?? 0;
  const hidden = layer(net.first, inputs, (unit) => net.counts[count * HIDDEN + unit] ?? 0);
  const second = layer(net.second, hidden, (unit) => net.secondBias[unit] ?? 0);
  return second.reduce((sum, x, unit) => sum + x * (net.last[unit] ?? 0), net.bias);
}

/** The numbers of a stored net. */
function numbersOf(net: Net): FloatNet {
  const numbers = ({ steps, step }: Quantized): Float32Array =>
    Float32Array.from(steps, (count) => count * step);
  return { ...net, table: numbers(net.table), first: numbers(net.first) };
}

test("what the net says is what its layers make of the words around a boundary", () => {
  const net = packNet(anyNet(3));
  const numbers = numbersOf(net);
  const text = read(TEXT);
  const said = new Set<number>();
  for (let at = 0; at <= text.count; at++) {
    const fast = netAt(net, text.facets, text.ids, text.spaces, at, text.verbs, at / 3);
    expect(fast).toBeCloseTo(slowly(numbers, text, at, at / 3), 3);
    said.add(fast);
  }
  expect(said.size).toBe(text.count + 1);
});

// The sums of two units are one number. ReLU hides what is below 0, so that each is seen beside a large and a small one.
test.each([
  ["one is large and the other small", -128, 127],
  ["one is small and the other large", 127, -128],
  ["both are large", -128, -128],
])("sums are exact where all weights are as large as they can be: %s", (_, even, odd) => {
  const largest = { step: 1, steps: new Int8Array(ROWS * WIDTH).fill(-128) };
  const first = Int8Array.from({ length: HIDDEN * INPUTS }, (_, at) =>
    Math.floor(at / INPUTS) % 2 === 0 ? even : odd,
  );
  const net: Net = {
    ...packNet(emptyNet()),
    table: largest,
    first: { step: 1, steps: first },
    second: new Float32Array(SECOND * HIDDEN).fill(1),
    last: new Float32Array(SECOND).fill(1),
  };
  const text = read(TEXT);
  const { facets, ids, spaces, verbs } = text;
  const score = netAt(net, facets, ids, spaces, 8, verbs, 0);
  expect(score).toBe(slowly(numbersOf(net), text, 8, 0));
  expect(score).toBeGreaterThan(0);
});

test("a net that is stored says what it said before, very nearly", () => {
  const net = anyNet(4);
  const stored = packNet(net);
  const text = read(TEXT);
  for (let at = 0; at <= text.count; at++) {
    const { facets, ids, spaces, verbs } = text;
    const before = slowly(net, text, at, 1);
    expect(Math.abs(netAt(stored, facets, ids, spaces, at, verbs, 1) - before)).toBeLessThan(0.25);
  }
  const largest = Math.max(...net.first.map(Math.abs));
  const { step, steps } = stored.first;
  expect(Math.max(...steps.map(Math.abs)) * step).toBeCloseTo(largest, 3);
});

test("the net judges what the regression finds suspicious, and nothing else", () => {
  const model = trainedModel();
  const alone = { ...model, net: packNet(emptyNet()) };
  const tokens = tokenize(
    "He gave the report to the , and then they of the left it on at , according to the . She the and was to the of ,.",
  );
  const first = scoresOf(tokens, alone).slice(0, tokens.count + 1);
  const both = scoresOf(tokens, model).slice(0, tokens.count + 1);
  let judged = 0;
  first.forEach((score, at) => {
    if (score > NET_THRESHOLD) {
      judged++;
      expect(both[at]).not.toBe(score);
    } else {
      expect(both[at]).toBe(score);
    }
  });
  expect(judged).toBeGreaterThan(4);
  expect(judged).toBeLessThan(tokens.count - 4);
});
