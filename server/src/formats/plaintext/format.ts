import type { Format } from "../../draft/draft.ts";
import { COMMON_MARKUP } from "../structure/markup.ts";
import { toDraft } from "../support/reread.ts";
import { readPlainText } from "./plaintext.ts";
import { readsAsProse } from "./reads-as-prose.ts";

/** Plain text: paragraphs by blank lines and by sentence ends, lists and quotations by their marks. */
export const plaintext: Format<"plaintext"> = {
  id: "plaintext",
  name: "plain text",
  files: {
    extensions: ["txt", "text"],
    languageIds: ["plaintext", "text", "scminput", "git-commit", "gitcommit"],
    byDefault: "prose",
    isProse: readsAsProse,
    isForPrograms: (stem) => PROGRAM_TEXT.test(stem),
    vscode: {
      startsOn: { languageIds: ["plaintext"], extensions: ["txt"] },
      // A pattern may include files of any kind: unknown extensions are read as plain text.
      sends: ["plaintext", "restructuredtext", "asciidoc", "latex"],
    },
  },
  markup: { ...COMMON_MARKUP, guessesHeadings: true, itemsAreLines: true },
  parse: (text, previous) => toDraft(plaintext, text, readPlainText(text), previous),
};

/** Names of text files for programs. */
const PROGRAM_TEXT =
  /^(?:cmakelists|robots|humans|ads|app-ads|security|llms(?:-full)?|requirements(?:[-_.].*)?|.*[-_.]requirements|constraints(?:[-_.].*)?|manifest|version|top_level|entry_points|dependency_links|requires|sources|records?|installed-files|file_?list|wordlist|words|dictionary|stopwords|.*[-_.]log|log|.*\.log)$/i;
