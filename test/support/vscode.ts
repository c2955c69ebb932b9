/*
 * What the client's words need of VS Code: `vitest.config.ts` has them import this file under the name of `vscode`.
 */

let bundle: Readonly<Record<string, string>> = {};

/** As in VS Code: each placeholder gets its argument, and stays where it has none. */
export const l10n = {
  t: (text: string, ...args: readonly (string | number | boolean)[]): string =>
    (bundle[text] ?? text).replace(/\{(\d+)\}/g, (placeholder, index) =>
      String(args[Number(index)] ?? placeholder),
    ),
};

/** Has the client speak another language, by its texts; without them English. */
export function speak(texts: Readonly<Record<string, string>> = {}): void {
  bundle = texts;
}
