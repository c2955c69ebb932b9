import type { Rows } from "./corpus.ts";
import { FIRST_KIND, isContent, type Mix, type WordFacts } from "./losses.ts";
import type { Random } from "./random.ts";

/** A paragraph that lost words. `holes` are boundaries: the index of the token after the hole. */
export interface Damaged {
  count: number;
  readonly ids: Int32Array;
  readonly spaces: Uint8Array;
  holes: number;
  readonly places: Int32Array;
  /** The kind of each hole: see `Mix`. */
  readonly losses: Uint8Array;
}

export function newDamaged(): Damaged {
  return {
    count: 0,
    ids: new Int32Array(1 << 15),
    spaces: new Uint8Array(1 << 15),
    holes: 0,
    places: new Int32Array(4096),
    losses: new Uint8Array(4096),
  };
}

/** The index of a loss in `losses`, each as often as its weight says. */
function anyLoss({ losses }: Mix, random: Random): number {
  let rest = random() * losses.reduce((sum, [, often]) => sum + often, 0);
  const index = losses.findIndex(([, often]) => (rest -= often) < 0);
  return Math.max(index, 0);
}

/** Copies a paragraph with words lost, into `out`. Half of the stray spaces that losses leave are closed. */
export function damage(
  rows: Rows,
  facts: WordFacts,
  row: number,
  random: Random,
  out: Damaged,
  mix: Mix,
): void {
  // Long, as each word may begin one of several losses.
  const start = rows.starts[row] ?? 0;
  const end = Math.min(rows.starts[row + 1] ?? 0, start + out.ids.length);
  const { ids, spaces } = rows;
  out.count = 0;
  out.holes = 0;
  const firstLink = rows.linkStarts[row] ?? 0;
  const lastLink = rows.linkStarts[row + 1] ?? 0;
  const whole = rows.running[row] === 0 || random() < mix.whole;
  const links = !whole && lastLink > firstLink && random() < 0.9;
  const linkRate = random() < 0.3 ? 1 : 0.6;
  // How many words are between two holes, roughly; some paragraphs have none.
  const spacing = whole ? Infinity : mix.spacing[0] + random() * mix.spacing[1];
  let nextLink = firstLink;
  let next = start + random() * (spacing === Infinity ? 1 : Math.min(spacing, end - start));
  if (spacing === Infinity) next = Infinity;
  let loss = anyLoss(mix, random);
  let tries = 0;
  let at = start;
  while (at < end) {
    while (nextLink < lastLink && (rows.links[nextLink * 2] ?? 0) < at) nextLink++;
    let to = -1;
    let kind = 1;
    if (links && nextLink < lastLink && rows.links[nextLink * 2] === at) {
      if (random() < linkRate) to = rows.links[nextLink * 2 + 1] ?? -1;
    } else if (
      at >= next &&
      !(links && nextLink < lastLink && (rows.links[nextLink * 2] ?? 0) - at < 3)
    ) {
      to = mix.losses[loss]?.[0](facts, ids, at, end, start, random) ?? -1;
      kind = loss + FIRST_KIND;
      if (to < 0 && ++tries > 12) {
        loss = anyLoss(mix, random);
        tries = 0;
      }
    }
    if (to > at && !(at === start && to >= end)) {
      if (out.holes < out.places.length) {
        out.losses[out.holes] = kind;
        out.places[out.holes++] = out.count;
      }
      if (to < end) {
        const own = spaces[to] ?? 0;
        const lost = spaces[at] ?? 0;
        put(out, ids[to] ?? 0, own === 1 ? 1 : lost === 1 && random() < 0.5 ? 1 : 0);
      }
      at = to + 1;
      next = at + spacing * (0.5 + random());
      loss = anyLoss(mix, random);
      tries = 0;
      continue;
    }
    let id = ids[at] ?? 0;
    // Code, images and template values can be anywhere that a noun can.
    if (random() < 0.004 && isContent(facts, id)) id = facts.mask;
    put(out, id, spaces[at] ?? 0);
    at++;
  }
}

function put(out: Damaged, id: number, space: number): void {
  out.ids[out.count] = id;
  out.spaces[out.count] = space;
  out.count++;
}
