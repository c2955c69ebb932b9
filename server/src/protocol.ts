import type { Range, WorkspaceEdit } from "vscode-languageserver";

/*
 * What client and server exchange beyond the Language Server Protocol. Only names and plain types, so that both can
 * import it. Positions are lines and characters, as in LSP.
 */

/** Asks what is shown for a document, which its report lists too: `{ uri }` → `DraftState`. */
export const DRAFT_STATE = "galley/draftState";

/** The server notifies the client that a document's state, or what is left, has changed: `{ uri }`. */
export const STATE_CHANGED = "galley/stateChanged";

/**
 * Asks for everything left in an open draft, including what git and other drafts have of lost words: `LeftRequest` →
 * `LeftInDraft`.
 */
export const LEFT = "galley/left";

/** Asks for the rules' ids and what each flags: nothing → `RuleName[]`. */
export const RULE_NAMES = "galley/rules";

/** Asks which drafts of the workspace are not ready, once all are checked: nothing → `Readiness`. */
export const READINESS = "galley/readiness";

/** Asks how the findings at a place can be suppressed: `Place` → `StetChoices`, or null if it is in no draft. */
export const STET_CHOICES = "galley/stetChoices";

/** Asks how many other findings a stet would remove, once all drafts are checked: `ReachRequest` → `Reach`. */
export const REACH = "galley/reach";

/**
 * Asks for the edit that fixes all findings of a kind in an open draft: `KindRequest` → `KindEdit`, or null if there
 * are none.
 */
export const KIND_EDIT = "galley/kindEdit";

/** Asks for the edit that restores all lost words that git still has of a draft: `{ uri }` → `CountedEdit`, or null. */
export const RESTORE_ALL = "galley/restoreAll";

/** Asks for everything in the workspace that lets findings stand: nothing → `ListedStet[]`, in order of files. */
export const STETS = "galley/stets";

/** Asks for the edit that removes one of them: `RemoveRequest` → `CountedEdit`, or null if it is no longer there. */
export const REMOVE_STET = "galley/removeStet";

/** Asks which files and folders of the workspace are not checked: nothing → `NotChecked[]`. */
export const NOT_CHECKED = "galley/notChecked";

/**
 * Asks for the edit that makes files of a document's kind drafts, or only that file: `IncludeRequest` →
 * `WorkspaceEdit`, or null.
 */
export const INCLUDE_KIND = "galley/includeKind";

/** Asks for the findings in drafts, once all are checked: `FindingsRequest` → `FoundInDrafts`. */
export const FINDINGS = "galley/findings";

/** Asks what the server is doing, for the log: `{ uri }`, or nothing → `ServerReport`. */
export const SERVER_REPORT = "galley/serverReport";

/** Answered once all earlier messages are processed: linted, compared and reported. */
export const SETTLED = "galley/settled";

/** A section of the client's settings that is in no file: true while the user has paused Galley. */
export const PAUSED = "galley.paused";

/** A request from the server to a client whose files it can't read itself: `{ uri }` → `DirectoryEntry[]`, or null. */
export const READ_DIRECTORY = "galley/readDirectory";

/** Like `READ_DIRECTORY`: `{ uri }` → the bytes in base 64, or null. */
export const READ_FILE = "galley/readFile";

/**
 * The client notifies the server of the program that is git, once it knows: `{ program }`, null if git is turned off.
 * In a trusted workspace, earlier versions of drafts are read with it.
 */
export const GIT_FOUND = "galley/gitFound";

/**
 * The client notifies the server of the cursor's position: `CaretParams`, after an edit and when it moves, debounced.
 * Such a client has the initialization option `caret: true`. New findings in the paragraph at the cursor are then held
 * back while it is being written.
 */
export const CARET = "galley/caret";

/** How long after the last edit findings are held back, in milliseconds. */
export const QUIET_TIME = 5000;

/** A command of the server, for any client that can show a document; its argument is a `Place`. */
export const GO_TO = "galley.goTo";

/** A command of the server that deletes the copy of a passage found at this `Place`. */
export const DELETE_COPY = "galley.deleteCopy";

/** A command that a client may offer: asks how to suppress the findings at a `Place`. */
export const CHOOSE_STET = "galley.stet";

/** A command that a client may offer: opens the page of a rule, named by its id. */
export const SHOW_RULE = "galley.showRule";

/** A command that a client may offer: opens two passages, each a `Place`, side by side. */
export const COMPARE = "galley.compare";

/** A command that a client may offer: asks whether to move a file, `{ uri }`, to the trash. */
export const DELETE_DRAFT = "galley.deleteDraft";

/** Where the cursor is in a document. */
export interface CaretParams {
  readonly uri: string;
  /** The version of the document that `position` is in. If it is not the current one, `position` is ignored. */
  readonly version?: number;
  /** Null: the cursor has left the document, or all findings are requested. */
  readonly position: { readonly line: number; readonly character: number } | null;
}

/** What is shown for a draft. What is held back while writing counts nowhere. */
export interface DraftState {
  readonly state: "on" | "off" | "paused" | "no draft";
  readonly counts: Readonly<Record<"error" | "warning" | "information" | "hint", number>>;
  /** Why it is not a draft, in words. */
  readonly why?: string;
  /** The kind of file, if it is not a draft only because that kind is not included. */
  readonly kind?: string;
  /** How many findings there are of each kind, including hints. */
  readonly kinds: readonly KindCount[];
  /** The first finding that is not a hint. */
  readonly first?: Range;
  /** The rules that a comment in the draft turns off. */
  readonly offInDraft: readonly string[];
  /** The rules that are on by default and that the settings turn off. */
  readonly offInSettings: readonly string[];
}

export interface LeftRequest {
  readonly uri: string;
  /** False: do not ask git and other drafts for lost words. */
  readonly restores?: boolean;
  /** False: answer with what they have said soon; see `isPartial`. */
  readonly waits?: boolean;
}

export interface IncludeRequest {
  readonly uri: string;
  readonly onlyFile?: boolean;
}

export interface KindCount {
  /** In plain words of the client's language: “Lost words”. */
  readonly kind: string;
  readonly count: number;
}

/** The same as `DraftState`, with the findings themselves. */
export interface LeftInDraft extends DraftState {
  /** One for each of `kinds`. */
  readonly groups: readonly LeftGroup[];
  /** True: git or other drafts may have more of the lost words, but have not answered yet. */
  readonly isPartial?: boolean;
}

export interface LeftGroup {
  readonly kind: string;
  readonly findings: readonly LeftFinding[];
  /** What can be done with all of them at once. */
  readonly ways: readonly KindWay[];
}

/** All safe fixes, a mark at every loss, or a stet for each finding. */
export const KIND_WAYS = ["fix", "mark", "stet"] as const;

export type KindWay = (typeof KIND_WAYS)[number];

export interface KindRequest {
  readonly uri: string;
  /** As named by a `LeftGroup`; undefined: all findings of the draft. */
  readonly kind?: string;
  readonly way: KindWay;
}

export interface CountedEdit {
  /** The version of the document that the edit is for. */
  readonly version: number | null;
  readonly edit: WorkspaceEdit;
  /** How many fixes, marks, restored losses, or findings let stand. */
  readonly count: number;
}

/** With a count of 0 it changes nothing. */
export interface KindEdit extends CountedEdit {
  /** How many findings of the kind there are. */
  readonly findings: number;
}

/** A finding like its diagnostic. With `uri` and `range`, it is a place to go to. */
export interface LeftFinding {
  readonly uri: string;
  readonly range: Range;
  readonly rule: string;
  readonly severity: keyof DraftState["counts"];
  readonly message: string;
  /** How lost words can be restored from elsewhere: “Restore “the council” from the version of 2026-05-01”. */
  readonly restores: readonly string[];
}

/** What is left to do in the workspace. */
export interface Readiness {
  /** How many drafts were checked. */
  readonly drafts: number;
  /** How many hints are in the others. */
  readonly hints: number;
  /** Those with findings above hints, with what is left: the most and gravest first. */
  readonly notReady: readonly UnreadyDraft[];
  /** The others with hints, the most first. */
  readonly hinted: readonly UnreadyDraft[];
}

export interface UnreadyDraft {
  readonly uri: string;
  readonly counts: DraftState["counts"];
  readonly kinds: DraftState["kinds"];
}

export interface FindingsRequest {
  /** Drafts, and folders with everything below them; empty: all drafts of the workspace. */
  readonly uris: readonly string[];
  /** Includes hints. */
  readonly hints: boolean;
}

/** In the shape of `galley check --format json`, with URIs for paths and without fixes. */
export interface FoundInDrafts {
  readonly galley: string;
  readonly files: readonly {
    readonly path: string;
    readonly findings: readonly FoundFinding[];
  }[];
  readonly summary: {
    readonly files: number;
    readonly findings: number;
    /** How many are not listed, because there are so many. */
    readonly leftOut: number;
  };
}

interface FoundFinding extends Pick<LeftFinding, "rule" | "severity" | "message" | "range"> {
  readonly related: readonly {
    readonly path: string;
    readonly range: Range;
    readonly message: string;
  }[];
}

/** Something that lets findings stand: a comment in a draft, or an entry or accepted phrase in a `.galley.json`. */
export interface ListedStet {
  readonly uri: string;
  readonly range: Range;
  readonly type: "comment" | "entry" | "phrase";
  /** The comment, the first words of the passage, or the phrase. */
  readonly text: string;
  /** The kinds of findings it is for, in plain words; none: all. */
  readonly kinds: readonly string[];
}

export type RemoveRequest = Omit<ListedStet, "kinds">;

export interface NotChecked {
  readonly uri: string;
  readonly isFolder: boolean;
  /** In words, with what to do if that is not obvious. */
  readonly why: string;
  /** It is not read only because of its kind, which can be included. */
  readonly canInclude: boolean;
}

/** The ways to suppress some findings. */
export interface StetChoices {
  /** The version of the document that the edits are for. */
  readonly version: number | null;
  readonly choices: readonly StetChoice[];
}

/** One of them: an edit, or a change of the user's own settings. */
export interface StetChoice {
  readonly label: string;
  /** Its effect, in one line. */
  readonly detail: string;
  /** The finding it is about, in a few words. */
  readonly about: string;
  readonly edit?: WorkspaceEdit;
  readonly setting?: UserSetting;
  /** If it reaches beyond the draft: the question how far, which takes a while to answer. */
  readonly reach?: ReachRequest;
}

/** A rule to turn off, or a phrase to accept: in the drafts of a folder, given by its path, or everywhere. */
export type ReachRequest = ({ readonly rule: string } | { readonly phrase: string }) & {
  readonly folder?: string;
};

/** How many findings, and in which drafts. */
export interface Reach {
  readonly findings: number;
  readonly drafts: number;
}

/** A setting below “galley”, and its new value, or the item added to it. */
export interface UserSetting {
  readonly name: string;
  readonly value?: string;
  readonly item?: string;
}

/** What the server is, has done, and goes by. */
export interface ServerReport {
  readonly version: string;
  /** How many drafts are known on disk, and how many documents are open. */
  readonly drafts: number;
  readonly open: number;
  /** How many drafts on disk were checked since the start, counting each change, and how long it took. */
  readonly checked: number;
  readonly milliseconds: number;
  readonly config: ConfigInForce;
}

/** The settings that apply to a document or, without one, to the first workspace folder. */
export interface ConfigInForce {
  /** The document or folder; undefined if no folder is open. */
  readonly uri?: string;
  /** The `.galley.json` that applies, if any. */
  readonly file?: string;
  /** In the shape of `.galley.json`. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface RuleName {
  readonly id: string;
  /** What it flags, in one line. */
  readonly summary: string;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly isFolder: boolean;
}
