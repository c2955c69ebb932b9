/** How much was done, told by what no other program on the machine has a part in. */

/** The object, with a count of how often something is read of it. */
export function counted<T extends object>(object: T, count: () => unknown): T {
  return new Proxy(object, {
    get: (target, name) => {
      count();
      return Reflect.get(target, name) as unknown;
    },
  });
}

/** Milliseconds of processor time that a function takes: while others have the processor they stand still. */
export function processorTime(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
