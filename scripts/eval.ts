// Runs one measurement: npm run eval -- NAME --corpus DIR [its own options]

const MEASUREMENTS: Readonly<Record<string, () => Promise<Measurement>>> = {
  holes: () => import("../test/eval/holes.ts"),
  deletions: () => import("../test/eval/deletions.ts"),
  quiet: () => import("../test/eval/quiet.ts"),
  repeats: () => import("../test/eval/repeats.ts"),
  restore: () => import("../test/eval/restore.ts"),
  slips: () => import("../test/eval/slips.ts"),
  sites: () => import("../test/eval/sites.ts"),
  typing: () => import("../test/eval/typing.ts"),
};

interface Measurement {
  run(args: readonly string[]): Promise<void> | void;
}

const [name = "", ...args] = process.argv.slice(2);
const load = Object.hasOwn(MEASUREMENTS, name) ? MEASUREMENTS[name] : undefined;
if (load === undefined) {
  console.error(`Usage: npm run eval -- ${Object.keys(MEASUREMENTS).join("|")} --corpus DIR`);
  process.exitCode = 2;
} else {
  const measurement = await load();
  await measurement.run(args);
}

export {};
