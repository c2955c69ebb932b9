// Searches for drafts that break a law, new ones each time, and in all the cells of which CI runs a part: npm run laws
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** All files with laws, which say by `runs` how often each is tried. */
const laws = readdirSync("test", { recursive: true })
  .map((name) => path.posix.join("test", name.replaceAll(path.sep, "/")))
  .filter((name) => name.endsWith(".test.ts") && !/^test\/(?:e2e|hostile|linear)\//.test(name))
  .filter((name) => readFileSync(name, "utf8").includes("support/property.ts"));

const env = { ...process.env, GALLEY_FUZZ: process.env.GALLEY_FUZZ ?? "10" };
const whole = ["linear", "hostile"].map((name) => ["--config", `test/${name}/vitest.config.ts`]);
for (const args of [laws, ...whole]) {
  const vitest = ["node_modules/vitest/vitest.mjs", "run", ...args];
  const { status } = spawnSync(process.execPath, vitest, { env, stdio: "inherit" });
  process.exitCode ||= status ?? 1;
}
