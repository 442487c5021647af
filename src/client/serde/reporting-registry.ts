import { RegistryUnreachable } from '../../registry-client/registry-request';
import type { NoticeListener } from '../notices';
import { serverAnswers } from '../reachability/reporting-sockets';

/** Passes on what a registry answers, and tells when it does not answer. @returns also rejects with what the listener throws */
export type Report = <T>(answer: Promise<T>) => Promise<T>;

/** For the registry of that address. */
export function reportingRegistry(url: string, onNotice: NoticeListener): Report {
  const answers = serverAnswers(onNotice, [url]);
  return async (answer) => {
    const startedAt = performance.now();
    try {
      const result = await answer;
      const notice = answers.answered(url, performance.now());
      if (notice !== undefined) onNotice(notice);
      return result;
    } catch (error) {
      if (error instanceof RegistryUnreachable) {
        const cause = new Error(error.why, { cause: error });
        const notice = answers.failed({ server: url, startedAt, now: performance.now(), error: cause });
        if (notice !== undefined) onNotice(notice);
      }
      throw error;
    }
  };
}
