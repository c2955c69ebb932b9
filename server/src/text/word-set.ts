/** The set of the words of a list that is parted by spaces. */
export function wordSet(list: string): Set<string> {
  return new Set(list.split(" "));
}
