import { claimSlot, noClusters, type Clusters } from "../src/missing/word-clusters.ts";
import { normalized } from "../src/missing/vocabulary.ts";
import type { Rows } from "./corpus.ts";
import { randomFrom } from "./random.ts";

/** Words seen less often have too few neighbours to compare. */
const RARE = 12;
const NEIGHBOURS = 300;
const ROUNDS = 8;

/** Groups the words of the corpus twice: by the words before them, and by those after them. */
export function learnClusters(rows: Rows, groups: number): Clusters {
  const names: string[] = [];
  const known = new Map<string, number>();
  const nameOf = rows.words.map((word, id) => {
    const name = normalized(word, rows.kinds[id] ?? 0);
    let index = known.get(name);
    if (index === undefined) {
      index = names.length;
      known.set(name, index);
      names.push(name);
    }
    return index;
  });
  const counts = new Float64Array(names.length);
  for (const id of rows.ids) {
    const name = nameOf[id] ?? 0;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  const order = Array.from(names.keys()).sort(
    (a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b,
  );
  const frequent = order.filter((index) => (counts[index] ?? 0) >= RARE).slice(0, 24_000);
  const rank = new Int32Array(names.length).fill(-1);
  frequent.forEach((index, at) => (rank[index] = at));

  const clusters = noClusters();
  const slots = frequent.map((index) => claimSlot(clusters, names[index] ?? ""));
  for (const side of ["after", "before"] as const) {
    const step = side === "after" ? -1 : 1;
    const vectors = neighbours(rows, nameOf, rank, frequent.length, step);
    const members = kMeans(vectors, frequent.length, NEIGHBOURS + 1, groups);
    slots.forEach((slot, at) => {
      if (slot >= 0) clusters[side][slot] = (members[at] ?? 0) + 1;
    });
  }
  return clusters;
}

/** For each frequent word, how often each of the most frequent ones is beside it: square roots, normalised. */
function neighbours(
  rows: Rows,
  nameOf: readonly number[],
  rank: Int32Array,
  size: number,
  step: number,
): Float32Array {
  const width = NEIGHBOURS + 1;
  const vectors = new Float32Array(size * width);
  for (let row = 0; row + 1 < rows.starts.length; row++) {
    const start = rows.starts[row] ?? 0;
    const end = rows.starts[row + 1] ?? 0;
    for (let at = start; at < end; at++) {
      const word = rank[nameOf[rows.ids[at] ?? 0] ?? 0] ?? -1;
      if (word < 0) continue;
      const beside = at + step;
      if (beside < start || beside >= end) continue;
      const other = rank[nameOf[rows.ids[beside] ?? 0] ?? 0] ?? -1;
      const cell = word * width + (other >= 0 && other < NEIGHBOURS ? other : NEIGHBOURS);
      vectors[cell] = (vectors[cell] ?? 0) + 1;
    }
  }
  for (let word = 0; word < size; word++) {
    let sum = 0;
    for (let at = 0; at < width; at++) sum += vectors[word * width + at] ?? 0;
    // The square root of a distribution has length 1: distances are Hellinger's.
    for (let at = 0; at < width; at++)
      vectors[word * width + at] = Math.sqrt((vectors[word * width + at] ?? 0) / Math.max(sum, 1));
  }
  return vectors;
}

/** Spherical k-means, seeded by the most frequent words. */
function kMeans(vectors: Float32Array, size: number, width: number, groups: number): Int32Array {
  const random = randomFrom(7);
  const centres = new Float32Array(groups * width);
  for (let group = 0; group < groups; group++) {
    // Half of the seeds are the most frequent words, because each of them is a class of its own.
    const word = group < groups / 2 ? group * 2 : Math.floor(random() * Math.min(size, 6000));
    centres.set(vectors.subarray(word * width, (word + 1) * width), group * width);
  }
  const members = new Int32Array(size);
  for (let round = 0; round < ROUNDS; round++) {
    for (let word = 0; word < size; word++) {
      let best = 0;
      let highest = -1;
      const from = word * width;
      for (let group = 0; group < groups; group++) {
        const to = group * width;
        let product = 0;
        for (let at = 0; at < width; at++)
          product += (vectors[from + at] ?? 0) * (centres[to + at] ?? 0);
        if (product > highest) {
          highest = product;
          best = group;
        }
      }
      members[word] = best;
    }
    centres.fill(0);
    for (let word = 0; word < size; word++) {
      const to = (members[word] ?? 0) * width;
      const weight = word < 2000 ? 2 : 1;
      for (let at = 0; at < width; at++)
        centres[to + at] = (centres[to + at] ?? 0) + weight * (vectors[word * width + at] ?? 0);
    }
    for (let group = 0; group < groups; group++) {
      let square = 0;
      for (let at = 0; at < width; at++) square += (centres[group * width + at] ?? 0) ** 2;
      const length = Math.sqrt(square) || 1;
      for (let at = 0; at < width; at++)
        centres[group * width + at] = (centres[group * width + at] ?? 0) / length;
    }
  }
  return members;
}
