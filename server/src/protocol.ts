/*
 * What client and server say to each other beyond the Language Server Protocol. Names and plain types
 * alone, so that both may import it. Offsets are lines and characters, as in LSP.
 */

/** Asks what the server knows of a document: `{ uri }` → `DraftState`. */
export const DRAFT_STATE = "galley/draftState";

/** Asks for the words of a passage of a draft: `Place` → text, or null where it is none. */
export const PASSAGE = "galley/passage";

/** Asks for the rules' ids and what each flags: nothing → `RuleName[]`. */
export const RULE_NAMES = "galley/rules";

/** Answered when all that was heard is taken in, judged, compared and reported; for tests and benchmarks. */
export const SETTLED = "galley/settled";

/** The server asks the client, where it can't read files itself: `{ uri }` → `DirectoryEntry[]`, or null. */
export const READ_DIRECTORY = "galley/readDirectory";

/** As `READ_DIRECTORY`: `{ uri }` → the bytes in base 64, or null. */
export const READ_FILE = "galley/readFile";

/**
 * The server asks a client that says `initializationOptions.versions`: `{ uri, index }` → `FileVersion`, the last that was
 * committed with index 0, or null where there is none.
 */
export const FILE_VERSION = "galley/fileVersion";

/**
 * The client notifies the server of the caret's place: `CaretParams`, after an edit and when it moves,
 * debounced. A client that does has the initialization option `caret: true`: new findings in the paragraph at
 * the caret are then held back while it is being written.
 */
export const CARET = "galley/caret";

/** How long after the last edit findings are held back, in milliseconds. */
export const QUIET_TIME = 5000;

/** A command of the server's own, for any client that can show a document; its argument is a `Place`. */
export const GO_TO = "galley.goTo";

/** A command that a client may offer: it opens two passages, each a `Place`, next to each other. */
export const COMPARE = "galley.compare";

/** Where the caret is in a document. */
export interface CaretParams {
  readonly uri: string;
  /** The version of the document that `position` is in; with another one it is out of date, and ignored. */
  readonly version?: number;
  /** Null: it is in none of its paragraphs, as it has left the document, or all findings are asked for. */
  readonly position: { readonly line: number; readonly character: number } | null;
}

/** What the server knows of a draft. */
export interface DraftState {
  readonly state: "on" | "off" | "no draft";
  readonly counts: Readonly<Record<"error" | "warning" | "information" | "hint", number>>;
  /** Why it is no draft, in words. */
  readonly why?: string;
}

export interface RuleName {
  readonly id: string;
  /** What it flags, in a line. */
  readonly summary: string;
}

/** An earlier version of a file. */
export interface FileVersion {
  /** The day of the version, or what else tells it from the others, for titles. */
  readonly name: string;
  readonly text: string;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly isFolder: boolean;
}
