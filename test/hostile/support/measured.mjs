// Runs a program in this process, and says at its end how much memory it had at most, in kilobytes:
//   node measured.mjs REPORT PROGRAM ARGUMENT…
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [node, , report, program, ...args] = process.argv;
process.argv = [node, program, ...args];

function peak() {
  try {
    // What getrusage says starts with what the parent had.
    return Number(/^VmHWM:\s*(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}

process.on("exit", () => {
  writeFileSync(report, String(peak()));
});

await import(pathToFileURL(program).href);
