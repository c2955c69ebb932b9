// Runs a program in this process, and at its end reports its peak memory, in kilobytes:
//   node measured.mjs REPORT PROGRAM ARGUMENT…
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [node, , report, program, ...args] = process.argv;
process.argv = [node, program, ...args];

function peak() {
  try {
    // getrusage starts with the parent's peak.
    return Number(/^VmHWM:\s*(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}

process.on("exit", () => {
  writeFileSync(report, String(peak()));
});

await import(pathToFileURL(program).href);
