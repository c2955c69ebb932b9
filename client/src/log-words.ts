import type { ServerReport } from "../../server/src/protocol.ts";

/** What the log says when it is shown, a line an entry. `report` is undefined where the server does not answer. */
export function logWords(report: ServerReport | undefined, editor: string): string[] {
  if (report === undefined) return [`The server does not answer (${editor}).`];
  const { version, drafts, open, checked, milliseconds, config } = report;
  const seconds = (milliseconds / 1000).toFixed(1);
  const where = config.uri === undefined ? "no folder is open" : `for ${config.uri}`;
  return [
    `Galley ${version}, ${editor}`,
    `${counted(drafts, "draft")} in the workspace, ${counted(open, "document")} open; ${counted(checked, "draft")} checked in ${seconds} seconds since the start`,
    `Settings in force (${where}), ${config.file === undefined ? "without a .galley.json" : `with ${config.file}`}:`,
    ...JSON.stringify(config.settings, undefined, 2).split("\n"),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
