import type { Format } from "../server/src/draft/draft.ts";
import { FORMATS } from "../server/src/formats/registry.ts";

const ALL: readonly Format[] = FORMATS;

/** What starts Galley in VS Code: a document in one of its languages, or a folder with its files. */
export function activationEvents(): readonly string[] {
  const starts = ALL.map(({ files }) => files.vscode.startsOn);
  const extensions = starts.flatMap((one) => one.extensions);
  return [
    ...starts.flatMap(({ languageIds }) => languageIds.map((id) => `onLanguage:${id}`)),
    `workspaceContains:**/*.{${extensions.join(",")}}`,
    "workspaceContains:**/.galley.json",
    // Git waits for a message. Every window of a repository has a box for one, and it starts nothing.
    "onLanguage:git-commit",
  ];
}

/** A module for the client, which imports only the protocol from the server. */
export function languagesModule(): string {
  const languages = ALL.flatMap(({ files }) => files.vscode.sends);
  return `// Made from server/src/formats/registry.ts by npm run generate.

/** Languages in which drafts are written; the server decides about each document. */
export const LANGUAGES: readonly string[] = ${JSON.stringify(languages)};
`;
}
