import type { Connection } from "vscode-languageserver";
import type { Host } from "../project/host.ts";
import type { Judgements } from "./open-drafts.ts";
import type { JobQueue } from "./queue.ts";
import type { Reports } from "./reports.ts";
import type { Session } from "./session.ts";
import type { Store } from "./store.ts";

/** The dependencies of handlers and jobs. */
export interface Services {
  readonly connection: Connection;
  readonly host: Host;
  readonly store: Store;
  readonly queue: JobQueue;
  readonly judgements: Judgements;
  readonly reports: Reports;
  readonly session: Session;
}
