import type { Range, WorkspaceEdit } from "vscode-languageserver";

/*
 * What client and server say to each other beyond the Language Server Protocol. Names and plain types
 * alone, so that both may import it. Offsets are lines and characters, as in LSP.
 */

/** Asks what is shown of a document, which its report lists too: `{ uri }` → `DraftState`. */
export const DRAFT_STATE = "galley/draftState";

/** The server notifies the client that a document's state is not what it was answered, with what is left or without: `{ uri }`. */
export const STATE_CHANGED = "galley/stateChanged";

/**
 * Asks for all that is left in an open draft, with what git and other drafts have of lost words: `LeftRequest` →
 * `LeftInDraft`.
 */
export const LEFT = "galley/left";

/** Asks for the rules' ids and what each flags: nothing → `RuleName[]`. */
export const RULE_NAMES = "galley/rules";

/** Asks which drafts of the workspace are not ready, once all are checked: nothing → `Readiness`. */
export const READINESS = "galley/readiness";

/** Asks how the findings at a place can be suppressed: `Place` → `StetChoices`, or null where it is in no draft. */
export const STET_CHOICES = "galley/stetChoices";

/** Asks what goes besides the finding that was asked about, once all drafts are checked: `ReachRequest` → `Reach`. */
export const REACH = "galley/reach";

/**
 * Asks for the edit that mends all findings of a kind in an open draft: `KindRequest` → `KindEdit`, or null where it has
 * none of them.
 */
export const KIND_EDIT = "galley/kindEdit";

/** Asks for the edit that restores all lost words that git still has of an open draft: `{ uri }` → `CountedEdit`, or null. */
export const RESTORE_ALL = "galley/restoreAll";

/** Asks for all that lets findings stand in the workspace: nothing → `ListedStet[]`, in the order of the files. */
export const STETS = "galley/stets";

/** Asks for the edit that takes one of them out: `RemoveRequest` → `CountedEdit`, or null where it is there no more. */
export const REMOVE_STET = "galley/removeStet";

/** Asks which files and folders of the workspace are not checked: nothing → `NotChecked[]`. */
export const NOT_CHECKED = "galley/notChecked";

/**
 * Asks for the edit after which files of a document's kind are drafts, or that file alone: `IncludeRequest` →
 * `WorkspaceEdit`, or null.
 */
export const INCLUDE_KIND = "galley/includeKind";

/** Asks for the findings in drafts, once all are checked: `FindingsRequest` → `FoundInDrafts`. */
export const FINDINGS = "galley/findings";

/** Asks what the server is doing, for the log: `{ uri }`, or nothing → `ServerReport`. */
export const SERVER_REPORT = "galley/serverReport";

/** Answered when all that was heard is taken in, linted, compared and reported. */
export const SETTLED = "galley/settled";

/** A section of the client's settings that no file has: true while the user has paused Galley, and is shown no finding. */
export const PAUSED = "galley.paused";

/** The server asks the client, where it can't read files itself: `{ uri }` → `DirectoryEntry[]`, or null. */
export const READ_DIRECTORY = "galley/readDirectory";

/** As `READ_DIRECTORY`: `{ uri }` → the bytes in base 64, or null. */
export const READ_FILE = "galley/readFile";

/**
 * The server asks a client that says `initializationOptions.versions`: `{ uri, index }` → `FileVersion`, the last that was
 * committed with index 0; null where git has none of the file, and `NOT_KNOWN` where it has no more, or does not say.
 */
export const FILE_VERSION = "galley/fileVersion";

export const NOT_KNOWN = "not known";

/** The client notifies the server that there may be versions of files of which it had none before; without parameters. */
export const VERSIONS_FOUND = "galley/versionsFound";

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

/** A command of the server's own: it puts the placeholder where words are missing: `{ uri }` → how often. */
export const MARK_LOSSES = "galley.markLosses";

/** A command of the server's own: it deletes the copy of a passage that is found at this `Place`. */
export const DELETE_COPY = "galley.deleteCopy";

/** A command that a client may offer: it asks how the findings at a `Place` are to be suppressed. */
export const CHOOSE_STET = "galley.stet";

/** A command that a client may offer: it opens the page of a rule, which is named by its id. */
export const SHOW_RULE = "galley.showRule";

/** A command that a client may offer: it opens two passages, each a `Place`, next to each other. */
export const COMPARE = "galley.compare";

/** A command that a client may offer: it asks whether a file, `{ uri }`, is to go to the trash. */
export const DELETE_DRAFT = "galley.deleteDraft";

/** Where the caret is in a document. */
export interface CaretParams {
  readonly uri: string;
  /** The version of the document that `position` is in; with another one it is out of date, and ignored. */
  readonly version?: number;
  /** Null: it is in none of its paragraphs, as it has left the document, or all findings are asked for. */
  readonly position: { readonly line: number; readonly character: number } | null;
}

/** What is shown of a draft: what is held back while it is being written counts nowhere. */
export interface DraftState {
  readonly state: "on" | "off" | "paused" | "no draft";
  readonly counts: Readonly<Record<"error" | "warning" | "information" | "hint", number>>;
  /** Why it is no draft, in words. */
  readonly why?: string;
  /** The kind of file it is, where it is no draft only because that kind is not included. */
  readonly kind?: string;
  /** How many findings there are of each kind, hints too. */
  readonly kinds: readonly KindCount[];
  /** The first finding that is no hint. */
  readonly first?: Range;
  /** The rules that a comment in the draft turns off. */
  readonly offInDraft: readonly string[];
  /** The rules that are on by default and that the settings turn off. */
  readonly offInSettings: readonly string[];
}

export interface LeftRequest {
  readonly uri: string;
  /** False: git and other drafts are not asked for lost words. */
  readonly restores?: boolean;
}

export interface IncludeRequest {
  readonly uri: string;
  readonly onlyFile?: boolean;
}

export interface KindCount {
  /** In plain words of the language that the client has named: “Lost words”. */
  readonly kind: string;
  readonly count: number;
}

/** The same as `DraftState`, with the findings themselves. */
export interface LeftInDraft extends DraftState {
  /** One for each of `kinds`. */
  readonly groups: readonly LeftGroup[];
}

export interface LeftGroup {
  readonly kind: string;
  readonly findings: readonly LeftFinding[];
  /** What can be done with all of them at once. */
  readonly ways: readonly KindWay[];
}

/** All safe corrections, a mark at every loss, or a stet for each finding. */
export const KIND_WAYS = ["fix", "mark", "stet"] as const;

export type KindWay = (typeof KIND_WAYS)[number];

export interface KindRequest {
  readonly uri: string;
  /** As a `LeftGroup` names it; undefined: all findings of the draft. */
  readonly kind?: string;
  readonly way: KindWay;
}

export interface CountedEdit {
  /** The version of the document that the edit is for. */
  readonly version: number | null;
  readonly edit: WorkspaceEdit;
  /** How many corrections, marks, restored losses, or findings let stand. */
  readonly count: number;
}

/** With a count of 0 it changes nothing. */
export interface KindEdit extends CountedEdit {
  /** How many findings of the kind there are. */
  readonly findings: number;
}

/** A finding as its diagnostic has it; as it has `uri` and `range`, it is a place to go to. */
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
  /** How many hints there are in the others. */
  readonly hints: number;
  /** Those with findings that are no hints, by what is left, the most and gravest first. */
  readonly notReady: readonly UnreadyDraft[];
  /** The others that have hints, the most first. */
  readonly hinted: readonly UnreadyDraft[];
}

export interface UnreadyDraft {
  readonly uri: string;
  readonly counts: DraftState["counts"];
  readonly kinds: DraftState["kinds"];
}

export interface FindingsRequest {
  /** Drafts, and folders with all that is below them; empty: all drafts of the workspace. */
  readonly uris: readonly string[];
  /** Hints are wanted too. */
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
    /** How many of them are in no list, as there are so many. */
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

/** What lets findings stand: a comment in a draft, or an entry or an accepted phrase in a `.galley.json`. */
export interface ListedStet {
  readonly uri: string;
  readonly range: Range;
  readonly type: "comment" | "entry" | "phrase";
  /** The comment, the first words of the passage, or the phrase. */
  readonly text: string;
  /** The kinds of findings that it is for, in plain words; none: all. */
  readonly kinds: readonly string[];
}

export type RemoveRequest = Omit<ListedStet, "kinds">;

export interface NotChecked {
  readonly uri: string;
  readonly isFolder: boolean;
  /** In words, with what to do where that is not plain. */
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

/** One of them: an edit, or a setting of the user's own. */
export interface StetChoice {
  readonly label: string;
  /** What it does, in a line. */
  readonly detail: string;
  /** The finding that it is about, in some words. */
  readonly about: string;
  readonly edit?: WorkspaceEdit;
  readonly setting?: UserSetting;
  /** Where it reaches beyond the draft: asks how far, which takes a while. */
  readonly reach?: ReachRequest;
}

/** A rule that is to be switched off, or a phrase to be accepted: in the drafts of a folder, by its path, or in all. */
export type ReachRequest = ({ readonly rule: string } | { readonly phrase: string }) & {
  readonly folder?: string;
};

/** So many findings, and the drafts that they are in. */
export interface Reach {
  readonly findings: number;
  readonly drafts: number;
}

/** A setting below “galley”, and the value that it gets, or the item that is added to it. */
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
  /** How many drafts on disk were checked since the start, one as often as it changed, and the time it took. */
  readonly checked: number;
  readonly milliseconds: number;
  readonly config: ConfigInForce;
}

/** The settings that hold for a document, or where there is none for the first workspace folder. */
export interface ConfigInForce {
  /** The document or folder; undefined where no folder is open. */
  readonly uri?: string;
  /** The `.galley.json` that counts, if any. */
  readonly file?: string;
  /** In the shape of `.galley.json`. */
  readonly settings: Readonly<Record<string, unknown>>;
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
