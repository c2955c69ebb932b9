import { hashText } from "../text/hash.ts";

/**
 * Clusters of words by their neighbours, learned from unlabelled text. `after` is what a word is (like words that
 * follow the same words), `before` what it takes (like words that the same words follow: verbs that take "to", verbs
 * that take an object …). A hash table: slot → check, cluster; 0 if there is none.
 */
export interface Clusters {
  readonly checks: Uint8Array;
  readonly after: Uint8Array;
  readonly before: Uint8Array;
}

export const CLUSTER_SLOTS = 1 << 17;

export function noClusters(): Clusters {
  return {
    checks: new Uint8Array(CLUSTER_SLOTS),
    after: new Uint8Array(CLUSTER_SLOTS),
    before: new Uint8Array(CLUSTER_SLOTS),
  };
}

/** A word's first slot, and the check that distinguishes it from other words there. */
function hashed(word: string): { slot: number; check: number } {
  const hash = hashText(word);
  return { slot: hash >>> 15, check: (hash & 0xff) | 1 };
}

/** How many slots in a row may contain a word. */
const PROBES = 4;

/** The slot of a word, spelled as by `normalized`, for its clusters; -1 if it is not in the table. */
export function clusterSlot(clusters: Clusters, word: string): number {
  const { slot, check } = hashed(word);
  for (let probe = 0; probe < PROBES; probe++) {
    const at = (slot + probe) % CLUSTER_SLOTS;
    if (clusters.checks[at] === check) return at;
    if (clusters.checks[at] === 0) return -1;
  }
  return -1;
}

/** Takes a slot for a word, for training; -1 if there is none left, or another word has the same check. */
export function claimSlot(clusters: Clusters, word: string): number {
  const { slot, check } = hashed(word);
  for (let probe = 0; probe < PROBES; probe++) {
    const at = (slot + probe) % CLUSTER_SLOTS;
    if (clusters.checks[at] === check) return -1;
    if (clusters.checks[at] !== 0) continue;
    clusters.checks[at] = check;
    return at;
  }
  return -1;
}
