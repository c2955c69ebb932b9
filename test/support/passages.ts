/** A passage long enough to be a repeat. */
export const BRIDGE =
  "The harbour bridge was closed for eleven weeks last spring while engineers replaced the bearings under its northern arch.";

/** The same passage with more text. */
export const LONG_BRIDGE = BRIDGE.replace(
  /\.$/,
  ", and traffic was led over the old ferry slip instead.",
);

/** A paper's text about another bridge; each of its sentences is long enough, too. */
export const NEWS = [
  "The council voted on Monday to close the old bridge to lorries until the spring.",
  "Shop owners on the quay fear that customers from the valley will stay away for months.",
  "A small ferry that carries cyclists and walkers will run twice an hour instead.",
  "Engineers found cracks in two of the nine arches when the river was low in August.",
  "The mayor says that the money for a new one has been set aside since the last election.",
  "Read more about the harbour in our archive, which goes back to the year of the great flood.",
] as const;
