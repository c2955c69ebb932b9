import { Session, type Profiler } from "node:inspector";

/**
 * Counts how often each function of our own code ran, in blocks: V8 counts how often it enters each block of a function
 * (precise block coverage), so every turn of a loop counts. Other programs have no effect. Work in libraries,
 * expressions or the engine's own functions is not seen. https://v8.dev/blog/javascript-code-coverage
 */
export interface CountedWork {
  /** By "file:function:offset". */
  readonly byFunction: ReadonlyMap<string, number>;
  readonly total: number;
}

/** Counts the functions that run under `folder`, such as "/server/src/". Create it before importing what it counts. */
export function workCounter(folder: string): (run: () => void) => CountedWork {
  const session = new Session();
  session.connect();
  const ask = (): readonly Profiler.ScriptCoverage[] => {
    let found: readonly Profiler.ScriptCoverage[] = [];
    session.post("Profiler.takePreciseCoverage", (error, answer) => {
      if (error !== null) throw error;
      found = answer.result;
    });
    return found;
  };
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  return (run) => {
    ask();
    run();
    const byFunction = new Map<string, number>();
    let total = 0;
    for (const { url, functions } of ask()) {
      const at = url.indexOf(folder);
      if (at < 0) continue;
      const file = url.slice(at + folder.length);
      for (const { functionName, ranges } of functions) {
        let count = 0;
        for (const range of ranges) count += range.count;
        if (count === 0) continue;
        total += count;
        byFunction.set(`${file}:${functionName}:${String(ranges[0]?.startOffset ?? 0)}`, count);
      }
    }
    return { byFunction, total };
  };
}
