/** How to write a comment that stays out of print, such as a stet. */
export interface CommentSyntax {
  readonly open: string;
  readonly close: string;
}

/** What an editor or a file system knows about an open document. */
export interface Document {
  /** The editor's name for its language. */
  readonly languageId: string;
  /** In lower case, without the dot; "" if it has none. */
  readonly extension: string;
}

/** The files of a format, and what editors call its languages. Plain data: the manifest is generated from it. */
export interface FormatFiles {
  /** In lower case, without the dot. Each belongs to one format only. */
  readonly extensions: readonly string[];
  /** The names that editors, VS Code and others, have for its languages. Each belongs to one format only. */
  readonly languageIds: readonly string[];
  /** Which of its files are drafts by default: all, those that read as prose, or none. */
  readonly byDefault: "every" | "prose" | "none";
  /** Whether a text reads as prose; only asked if that decides which files are drafts by default. */
  readonly isProse?: (text: string, path: string) => boolean;
  /** Whether a file, judging by its name without the extension, is written for programs. */
  readonly isForPrograms?: (stem: string) => boolean;
  readonly vscode: {
    /** Documents in these languages, and files with these extensions in a folder, start Galley. */
    readonly startsOn: {
      readonly languageIds: readonly string[];
      readonly extensions: readonly string[];
    };
    /** Documents in these languages are sent to the server, which decides about each. */
    readonly sends: readonly string[];
  };
}
