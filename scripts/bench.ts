// Runs one benchmark: npm run bench -- NAME [its own options]

const BENCHMARKS: Readonly<Record<string, () => Promise<Benchmark>>> = {
  check: () => import("../test/bench/check.ts"),
  hops: () => import("../test/bench/hops.ts"),
  start: () => import("../test/bench/start.ts"),
  typing: () => import("../test/bench/typing.ts"),
  warm: () => import("../test/bench/warm.ts"),
  workspace: () => import("../test/bench/workspace.ts"),
};

interface Benchmark {
  run(args: readonly string[]): Promise<void> | void;
}

const [name = "", ...args] = process.argv.slice(2);
const load = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
if (load === undefined) {
  console.error(`Usage: npm run bench -- ${Object.keys(BENCHMARKS).join("|")}`);
  process.exitCode = 2;
} else {
  const benchmark = await load();
  await benchmark.run(args);
}
export {};
