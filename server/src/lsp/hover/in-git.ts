import type { CancellationToken } from "vscode-languageserver";
import { basename, toKey, toPath } from "../../project/places.ts";
import { PATIENCE, requestVersion } from "../lost-words.ts";
import type { Session } from "../session.ts";
import type { Paragraph } from "./rich-text.ts";

/**
 * Which of two drafts git has, where it says that it has only one: that was there first. It waits no longer than
 * `PATIENCE`.
 */
export async function describeInGit(
  { client, connection, host }: Session,
  uri: string,
  otherUri: string,
  token: CancellationToken,
): Promise<readonly Paragraph[]> {
  if (!client.hasVersions) return [];
  const answers = Promise.all(
    [uri, otherUri].map((one) => requestVersion(connection, one, 0, token)),
  );
  const over = new Promise<[]>((resolve) => {
    const limit = host.clock.after(PATIENCE, () => {
      resolve([]);
    });
    void answers.finally(() => {
      limit.dispose();
    });
  });
  const versions = await Promise.race([answers, over]);
  const [here, there] = versions;
  // Undefined is what git did not say.
  if (here === undefined || there === undefined || (here === null) === (there === null)) return [];
  const name = basename(toPath(toKey(otherUri)));
  const [known, unknown] = here === null ? [name, "this draft"] : ["This draft", name];
  return [{ kind: "text", of: [`${known} is in git, and ${unknown} is not yet.`] }];
}
