/** Seconds after which a silent step says that it is still at work, where the line cannot be rewritten. */
const REMINDER_SECONDS = 5;

/** Where progress goes: the console, or nowhere. */
export interface Progress {
  /**
   * Runs a step and says what it did and how long it took.
   * @param succeeded tells a result that is a failure; what throws always is
   */
  step<T>(
    title: string,
    work: (note: (detail: string) => void) => Promise<T>,
    succeeded?: (result: T) => boolean,
  ): Promise<T>;
  /** A line beside the steps. */
  line(text: string): void;
}

/** Steps with elapsed time on standard error, so that standard output stays the result. */
export function consoleProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  return {
    line: (text) => void stream.write(`${text}\n`),
    async step(title, work, succeeded = () => true) {
      const started = Date.now();
      let detail = '';
      const text = (mark: string): string =>
        `${mark} ${title}${detail === '' ? '' : ` (${detail})`}  ${elapsed(started)}`;
      const timer = setInterval(
        () => void stream.write(stream.isTTY ? `\r\x1b[K${text('…')}` : `${text('…')}\n`),
        stream.isTTY ? 250 : REMINDER_SECONDS * 1_000,
      );
      const finish = (mark: string): void => {
        clearInterval(timer);
        stream.write(`${stream.isTTY ? '\r\x1b[K' : ''}${text(mark)}\n`);
      };
      try {
        const result = await work((note) => (detail = note));
        finish(succeeded(result) ? '✔' : '✘');
        return result;
      } catch (error) {
        finish('✘');
        throw error;
      }
    },
  };
}

/** For tests and for output that only machines read. */
export const silentProgress: Progress = {
  line: () => undefined,
  step: (_title, work) => work(() => undefined),
};

/** Time since a start in milliseconds: `2.3 s`. */
export const elapsed = (started: number): string => `${((Date.now() - started) / 1_000).toFixed(1)} s`;
