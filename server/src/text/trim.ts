/** The text without those of the given units that it ends in: what `/[units]+$/` would take, without a look from each. */
export function withoutEnd(text: string, units: string): string {
  let end = text.length;
  while (end > 0 && units.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
