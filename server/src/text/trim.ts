/** The text without trailing units of the given set: what `/[units]+$/` would remove, but in linear time. */
export function withoutEnd(text: string, units: string): string {
  let end = text.length;
  while (end > 0 && units.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
