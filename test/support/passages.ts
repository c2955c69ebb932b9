/** A passage that is long enough to be a repeat. */
export const BRIDGE =
  "The harbour bridge was closed for eleven weeks last spring while engineers replaced the bearings under its northern arch.";

/** The same with more of it. */
export const LONG_BRIDGE = BRIDGE.replace(
  /\.$/,
  ", and traffic was led over the old ferry slip instead.",
);
