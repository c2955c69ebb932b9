/** How much work was done, in units that no other program on the machine affects. */

/** The object, with a count of reads of its members. */
export function counted<T extends object>(object: T, count: () => unknown): T {
  return new Proxy(object, {
    get: (target, name) => {
      count();
      return Reflect.get(target, name) as unknown;
    },
  });
}

/** The milliseconds of processor time that a function takes; other programs don't add to it. */
export function processorTime(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
