/**
 * A text in which about a third of the words are replaced, as in a later version of an article: plain words give way to
 * others of the same text. The same seed gives the same text; markup, names, numbers and white space stay.
 */
export function reworded(text: string, seed: number): string {
  // Every second part is white space.
  const parts = text.split(/(\s+)/);
  const plain: number[] = [];
  let words = 0;
  parts.forEach((part, index) => {
    if (index % 2 === 1 || part === "") return;
    words++;
    if (PLAIN.test(part)) plain.push(index);
  });
  const below = numbersFrom(seed);
  const pool = plain.map((index) => parts[index] ?? "");
  // The first words of a shuffled list, as many as should change.
  const changes = Math.min(plain.length, Math.round(words * SHARE));
  for (let chosen = 0; chosen < changes; chosen++) {
    const other = chosen + below(plain.length - chosen);
    const index = plain[other] ?? 0;
    plain[other] = plain[chosen] ?? 0;
    parts[index] = pool[below(pool.length)] ?? "";
  }
  return parts.join("");
}

/** The share of all words. */
const SHARE = 1 / 3;

const PLAIN = /^\p{Ll}+$/u;

/** Integers from 0 up to a limit, the same for the same seed (Numerical Recipes' generator). */
function numbersFrom(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
