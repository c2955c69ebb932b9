import { keyOf } from "../../project/places.ts";
import { askEditorConfig, editorConfig } from "../editor-config.ts";
import type { Services } from "../services.ts";

/** Requests the editor's settings for every folder. Returns whether anything changed. */
export async function loadSettings(services: Services): Promise<boolean> {
  const { store, connection, session } = services;
  store.dispatch({ type: "settings-requested" });
  const { client, workspace, settingsRequests: request } = store.state;
  const { folders } = workspace;
  const answers = await Promise.all(
    [undefined, ...folders].map(async (folder) =>
      client.configures
        ? askEditorConfig(connection, folder === undefined ? undefined : keyOf(folder))
        : editorConfig(client.settings, null, null),
    ),
  );
  if (request !== store.state.settingsRequests) return false;
  for (const mistake of answers.flatMap(({ mistakes }) => mistakes))
    session.showMessageOnce(mistake);
  const editor = new Map(answers.map(({ config }, index) => [folders[index - 1] ?? "", config]));
  const options = (answers[1] ?? answers[0])?.options ?? store.state.options;
  const before = store.state;
  store.dispatch({ type: "settings-read", request, editor, options });
  return store.state !== before;
}

/** Requests the settings for the first time. */
export async function start(services: Services): Promise<void> {
  const { store, session } = services;
  await loadSettings(services);
  const { workspace, options } = store.state;
  session.disk.complete = workspace.folders.length === 0 || !options.checksWorkspace;
  store.dispatch({ type: "started" });
}
