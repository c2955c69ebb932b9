import type { ActionSupport } from "../../server/src/lsp/actions/support.ts";

/** An editor that can do all that actions may ask for. */
export const EVERYTHING: ActionSupport = {
  documentChanges: true,
  createFile: true,
  snippets: true,
  showDocument: true,
  compare: true,
  chooseStet: true,
  showRule: true,
};

/** One that can do none of it. */
export const NOTHING: ActionSupport = {
  documentChanges: false,
  createFile: false,
  snippets: false,
  showDocument: false,
  compare: false,
  chooseStet: false,
  showRule: false,
};
