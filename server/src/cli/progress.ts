export interface Screen {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Progress {
  update(done: number, total: number): void;
  end(): void;
}

const WAIT = 1000;
const BETWEEN = 100;

/** A bar on a terminal, once it has taken over a second; nothing anywhere else. */
export function progressOn(screen: Screen, now: () => number = Date.now): Progress {
  if (screen.isTTY !== true) return { update: () => undefined, end: () => undefined };
  const started = now();
  let last = started;
  let drawn = false;
  return {
    update: (done, total) => {
      const time = now();
      if (time - started < WAIT || time - last < BETWEEN || total === 0) return;
      last = time;
      drawn = true;
      const count = ` ${done} of ${total} drafts`;
      const room = Math.max(5, Math.min(40, (screen.columns ?? 80) - count.length - 1));
      const full = Math.round((room * done) / total);
      screen.write(`\r${"█".repeat(full)}${"░".repeat(room - full)}${count}`);
    },
    end: () => {
      if (drawn) screen.write("\r\u001B[K");
    },
  };
}
