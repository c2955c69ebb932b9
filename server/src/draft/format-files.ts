/** How a comment is written that stays out of print, such as a stet. */
export interface CommentSyntax {
  readonly open: string;
  readonly close: string;
}

/** What an editor or a file system knows of an open document. */
export interface Document {
  /** The editor's name for its language. */
  readonly languageId: string;
  /** In lower case, without the dot; "" where it has none. */
  readonly extension: string;
}

/** The files of a format, and what editors call its languages. Plain data: the manifest is generated from it. */
export interface FormatFiles {
  /** In lower case, without the dot. No other format has one of them. */
  readonly extensions: readonly string[];
  /** The names that editors have for its languages, VS Code and others. No other format has one of them. */
  readonly languageIds: readonly string[];
  /** Which of its files are drafts without being included by name: every one, those that read as prose, none. */
  readonly byDefault: "every" | "prose" | "none";
  /** Whether a text reads as prose; only asked of a format whose drafts by default are those. */
  readonly isProse?: (text: string, path: string) => boolean;
  /** Whether a file, by its name without the extension, is written for programs to read. */
  readonly isForPrograms?: (stem: string) => boolean;
  readonly vscode: {
    /** Documents in these languages, and files of these extensions in a folder, start Galley. */
    readonly startsOn: {
      readonly languageIds: readonly string[];
      readonly extensions: readonly string[];
    };
    /** Documents in these languages are sent to the server, which decides about each. */
    readonly sends: readonly string[];
  };
}
