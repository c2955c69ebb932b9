import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { hover, screenshot, shared, until } from "./support/editor.ts";
import { copySamples, scratch } from "./support/files.ts";
import { openVsCode } from "./support/vscode.ts";

describe("In a VS Code that speaks German", () => {
  const home = scratch("language");
  const workspace = copySamples(join(home.folder, "news"));
  const code = shared(home, () => openVsCode({ scratch: home.folder, workspace, language: "de" }));
  const { host } = code;
  const see = (selector: string, hasText: string | RegExp) =>
    code.page.locator(selector, { hasText }).first();
  const row = (text: string | RegExp) => see(".customview-tree .monaco-list-row", text);

  it("client and server do, too", async () => {
    await host.open("harbour-bridge.md", 15);
    await see(".codelens-decoration", "Doppelt: Zeile 17").waitFor();
    await host.start("galley.readyToPublish");
    await row(/^Noch nicht: 3 Warnungen, 1 Anmerkung/).waitFor();
    await row("Fehlende Wörter").waitFor();
    const item = see(".statusbar-item[id$='galley.findings']", /^\s*4$/);
    await until(see(".workbench-hover, .monaco-hover", "Ein Klick führt zur ersten"), () =>
      item.hover({ timeout: 4_000 }),
    );
    await screenshot(code.page, "german");
  });

  it("findings, their fixes and hovers are German, and a fix is made", async () => {
    await host.start("workbench.actions.view.problems");
    await see(
      ".markers-panel .monaco-list-row",
      /Hier fehlt ein Name\. Die Quelle angeben\./,
    ).waitFor();
    await host.open("harbour-bridge.md", 15);
    await host.start("editor.action.marker.next");
    await hover(code.page, host, see(".monaco-hover", "Die Lücke mit TK markieren"));
    await screenshot(code.page, "german hover");
    await code.page.keyboard.press("Escape");
    await until(see(".action-widget .monaco-list-row", "Die Lücke mit TK markieren"), () =>
      host.start("editor.action.quickFix"),
    );
    await screenshot(code.page, "german fixes");
    await see(".action-widget .monaco-list-row", "Die Lücke mit TK markieren").click();
    await see(".view-line", "according to a report by the TK").waitFor();
  });

  it("so do the hovers of a config file, which come from its schema", async () => {
    writeFileSync(join(workspace, ".galley.json"), '{ "rules": {} }\n');
    await host.open(".galley.json", 1, 5);
    await hover(code.page, host, see(".monaco-hover", "Schweregrad und Optionen jeder Regel."));
    await screenshot(code.page, "german config");
  });

  it("and so do commands and settings, which are found by their English names, too", async () => {
    await host.start("workbench.action.openSettings", "@ext:galley.galley");
    for (const title of ["Entwürfe", "Regeln", "Erweitert"]) {
      await see(".settings-toc-container", title).waitFor();
    }
    await screenshot(code.page, "german settings");
    await host.start("workbench.action.quickOpen", ">Galley: Readiness");
    await see(".quick-input-list .monaco-list-row", "Was ist im Ordner druckreif?").waitFor();
    await screenshot(code.page, "german palette");
    await code.page.keyboard.press("Escape");
  });
});
