/**
 * Time in seconds after which a step without output reports that it still runs, on terminals that cannot rewrite a
 * line.
 */
const REMINDER_SECONDS = 5;

/** Receives progress: prints it to the console, or discards it. */
export interface Progress {
  /**
   * Runs a step and prints its result and its duration.
   * @param succeeded whether a result counts as success; a thrown error always counts as failure
   */
  step<T>(
    title: string,
    work: (note: (detail: string) => void) => Promise<T>,
    succeeded?: (result: T) => boolean,
  ): Promise<T>;
  /** Prints a line between steps. */
  line(text: string): void;
}

/** Prints steps with their elapsed time to standard error. Standard output is reserved for results. */
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

/** For tests and machine-readable output. */
export const silentProgress: Progress = {
  line: () => undefined,
  step: (_title, work) => work(() => undefined),
};

/** Time since a start time in milliseconds, as text: `2.3 s`. */
export const elapsed = (started: number): string => `${((Date.now() - started) / 1_000).toFixed(1)} s`;
