import { isJudging } from "./disk-state.ts";
import type { Session } from "./session.ts";

/** Settles when everything that was heard has been taken in, judged, compared and told. */
export async function whenSettled(session: Session): Promise<void> {
  const { disk, others, host } = session;
  const isBusy = (): boolean =>
    session.working > 0 ||
    session.reporting ||
    disk.scanning ||
    isJudging(disk) ||
    others.comparing ||
    disk.urgent.size + disk.backlog.size + disk.results.size + disk.scans.size > 0 ||
    others.waiting.size + others.unread.size > 0;
  await session.ready;
  do {
    await new Promise<void>((resolve) => {
      host.clock.after(5, resolve);
    });
  } while (isBusy());
}
