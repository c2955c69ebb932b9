/** The set of the words in a space-separated list. */
export function wordSet(list: string): Set<string> {
  return new Set(list.split(" "));
}
