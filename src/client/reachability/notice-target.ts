import type { ClientNotice, NoticeListener } from '../notices';

/** Who is told which servers do not answer. */
export interface NoticeTarget {
  readonly onNotice: NoticeListener;
  /** Told what the listener throws: it ends the client. */
  readonly onFatal: (error: unknown) => void;
}

/** Those whose listener has thrown: their clients end, which may take kafkajs some seconds. */
const ended = new WeakSet<NoticeTarget>();

/** Tells the notice, if there is one. */
export function tell(target: NoticeTarget, notice: ClientNotice | undefined): void {
  if (notice === undefined || ended.has(target)) return;
  try {
    target.onNotice(notice);
  } catch (error) {
    ended.add(target);
    target.onFatal(error);
  }
}

/** Runs work for a client that does not exist yet, or that is only this work: what the listener throws ends it. */
export const reporting = <T>(onNotice: NoticeListener, work: (target: NoticeTarget) => Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    work({ onNotice, onFatal: reject }).then(resolve, reject);
  });
