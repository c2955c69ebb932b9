import type { Connection, ShowMessageParams } from "vscode-languageserver";
import { MessageType, ShowMessageNotification } from "vscode-languageserver";
import { CONFIG_NAME, configPaths } from "../settings/config/config.ts";
import type { Finding } from "../draft/finding.ts";
import { decode } from "../text/decode.ts";
import { decodeConfig } from "../settings/config/read.ts";
import { keyOf, parentOf, schemeOf } from "../project/places.ts";
import { isUntitled, untitledConfigs } from "../project/untitled.ts";
import type { Treatment, Workspace } from "../project/workspace.ts";
import * as state from "../project/workspace.ts";
import { ancestorUri } from "./ancestor-uri.ts";
import type { Disk } from "./disk-state.ts";
import { newDisk } from "./disk-state.ts";
import { newOtherDrafts, type OtherDrafts } from "./other-drafts-state.ts";
import type { HeldRequest } from "./held-request.ts";
import type { Client } from "./client.ts";
import { clientFiles } from "./client-files.ts";
import type { EditorOptions } from "./editor-config.ts";
import { askEditorConfig, editorConfig } from "./editor-config.ts";
import type { Files, Host } from "../project/host.ts";
import type { Judgement, Report } from "./judge.ts";
import type { Readings } from "../project/rule-files.ts";
import { beginReading, newReadings, takeRules } from "../project/rule-files.ts";

/** One client's visit: the workspace as it stands, and what is remembered to answer quickly. */
export interface Session {
  readonly connection: Connection;
  readonly host: Host;
  client: Client;
  workspace: Workspace;
  readonly readings: Readings;
  options: EditorOptions;
  /** How often the editor's settings were asked for. */
  asked: number;
  /** Settled when the editor's settings are known: before that nothing is judged. */
  ready: Promise<void>;
  /** The last judgement of each open draft. */
  readonly judgements: Map<string, Kept>;
  /** How each open document was treated when it was last looked at for that; see `treatedAnew`. */
  readonly treated: Map<string, Treatment | undefined>;
  readonly disk: Disk;
  /** Requests for the workspace's diagnostics that wait for a change. */
  readonly held: Set<HeldRequest>;
  /** Files whose diagnostics may have to be published, and what was published of each. */
  readonly toPush: Set<string>;
  readonly published: Map<string, string>;
  reporting: boolean;
  /** When the client last edited or asked something, by the host's clock. */
  heardAt: number;
  /** How many things are being done about events; see `track`. */
  working: number;
  readonly others: OtherDrafts;
  /** What was said to the user: nothing is said twice. */
  readonly said: Set<string>;
}

export interface Kept {
  readonly judgement: Judgement;
  readonly elsewhere: readonly Finding[];
  report: Report | undefined;
}

/** Documents of these schemes are looked at; those of workspace folders are too. */
const SCHEMES = new Set(["file", "untitled"]);

/** Whether a document is a text that somebody writes, and not a diff side, a search result or a log. */
export function isServed(session: Session, uri: string): boolean {
  const scheme = schemeOf(uri);
  return (
    SCHEMES.has(scheme) || session.workspace.folders.some((folder) => schemeOf(folder) === scheme)
  );
}

/** Where files of a scheme are read from. */
export function filesFor(session: Session, uri: string): Files {
  const { host, client, connection } = session;
  if (host.reads(schemeOf(uri))) return host.files;
  return client.servesFiles ? clientFiles(connection) : NO_FILES;
}

const NO_FILES: Files = {
  entries: () => Promise.resolve(undefined),
  read: () => Promise.resolve(undefined),
};

export async function readText(session: Session, uri: string): Promise<string | undefined> {
  const bytes = await filesFor(session, uri).read(uri);
  return bytes === undefined ? undefined : decode(bytes);
}

/** The text of a config file; one that is there but is no text is no config either. */
export async function readConfigText(session: Session, uri: string): Promise<string | undefined> {
  const bytes = await filesFor(session, uri).read(uri);
  return bytes === undefined ? undefined : decodeConfig(bytes);
}

/** Asks for the editor's settings again, for every folder. Returns whether anything is different. */
export async function loadEditorConfigs(session: Session): Promise<boolean> {
  const { client, connection, workspace } = session;
  const folders = workspace.folders;
  const number = ++session.asked;
  const asked = await Promise.all(
    [undefined, ...folders].map(async (folder) =>
      client.configures
        ? askEditorConfig(connection, folder === undefined ? undefined : keyOf(folder))
        : editorConfig(client.settings, null, null),
    ),
  );
  // It was asked again in the meantime, perhaps for other folders: that answer counts.
  if (number !== session.asked) return false;
  for (const mistake of asked.flatMap(({ mistakes }) => mistakes)) sayOnce(session, mistake);
  const editor = new Map(asked.map(({ config }, index) => [folders[index - 1] ?? "", config]));
  const options = (asked[1] ?? asked[0])?.options ?? session.options;
  const same =
    JSON.stringify([...editor]) === JSON.stringify([...session.workspace.editor]) &&
    JSON.stringify(options) === JSON.stringify(session.options);
  session.options = options;
  if (same) return false;
  session.workspace = state.withEditor(session.workspace, editor);
  return true;
}

/** Reads the config files that a draft may obey, as far as nobody has looked for them. */
export async function loadConfigsFor(session: Session, uri: string, path: string): Promise<void> {
  const { workspace } = session;
  const root = state.folderOf(workspace, path) ?? parentOf(path);
  const all = isUntitled(uri) ? untitledConfigs(workspace.folders) : configPaths(path, root);
  const unknown = all.filter((one) => !workspace.configs.has(one));
  if (unknown.length === 0) return;
  const reading = beginReading(session);
  const texts = await Promise.all(
    unknown.map(async (one) => {
      const folder = parentOf(one);
      const above = isUntitled(uri)
        ? state.uriOf(workspace, folder)
        : ancestorUri(uri, path, folder);
      return [one, await readConfigText(session, `${above}/${CONFIG_NAME}`)] as const;
    }),
  );
  takeRules(session, reading, new Map(texts), new Map());
}

/** Counts work on an event as under way until it is done. */
export function track(session: Session, work: Promise<unknown>): void {
  session.working++;
  void work
    .catch((error: unknown) => {
      session.connection.console.error(String(error));
    })
    .finally(() => {
      session.working--;
    });
}

/** Sends what a client may refuse: then it does without, and nothing breaks. */
export function offer(sent: Promise<unknown>): void {
  void sent.catch(() => undefined);
}

/** Says something once, however often it is true. */
export function sayOnce(session: Session, message: string): void {
  if (session.said.has(message)) return;
  session.said.add(message);
  const shown: ShowMessageParams = { type: MessageType.Warning, message };
  offer(session.connection.sendNotification(ShowMessageNotification.type, shown));
}

export function newSession(connection: Connection, host: Host, client: Client): Session {
  return {
    connection,
    host,
    client,
    workspace: state.EMPTY,
    readings: newReadings(),
    asked: 0,
    options: editorConfig(null, null, null).options,
    ready: new Promise(() => undefined),
    judgements: new Map(),
    treated: new Map(),
    disk: newDisk(),
    held: new Set(),
    toPush: new Set(),
    published: new Map(),
    reporting: false,
    heardAt: -Infinity,
    working: 0,
    others: newOtherDrafts(),
    said: new Set(),
  };
}
