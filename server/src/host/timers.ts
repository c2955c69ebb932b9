import type { Clock } from "../project/host.ts";

/** The real clock. Without `setImmediate`, as in browsers, a channel message gives the next turn. */
export const timers: Clock = {
  now: () => performance.now(),
  turn: () =>
    new Promise((resolve) => {
      if (typeof setImmediate === "function") {
        setImmediate(resolve);
        return;
      }
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    }),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, milliseconds);
    return {
      dispose: () => {
        clearTimeout(timer);
      },
    };
  },
};
