import { commandLine } from '../validation/command-line';

/** Names of rendered files; the number determines the order in `kubectl apply`. */
const NAME = /^\d{4}-[a-z0-9-]+\.k8s\.yaml$/;

/**
 * First line of every rendered file. It distinguishes rendered files from other files.
 * @param source the file of the environment, or a file followed by `environments.<name>`
 */
export const headerOf = (source: string): string =>
  `# Rendered by ${commandLine('synth')} from ${source}: change that, not this file.`;

/**
 * The header of any release and any project. An environment is a separate file, or one of several environments in a
 * file.
 */
const HEADER = /^# Rendered by .+ from (.+): change that, not this file\.$/;

const isHeaderOf = (environment: string, line: string): boolean => {
  const [, source = ''] = HEADER.exec(line) ?? [];
  return (
    source
      .replace(/\.[cm]?[jt]s$/, '')
      .split(/[/.]/)
      .at(-1) === environment
  );
};

/** Number of lines in which the header is searched: the markers of a merge conflict may precede it. */
const HEADER_LINES = 5;

/** Names of the files that earlier releases rendered without a header and that a fork may still have. */
const WITHOUT_HEADER =
  /^\d{4}-(namespace|network|config|brokers|workloads|registry|ui|monitoring|dashboards|samples)\.k8s\.yaml$/;

interface FoundFile {
  /** Name of the environment in whose directory the file was found. */
  readonly environment: string;
  readonly name: string;
  readonly text: string;
}

/** Whether a file in the directory of a rendered environment was written by synthesis, even if it was edited later. */
export const isRendered = (file: FoundFile): boolean => wasRenderedFor(file) || isFromBeforeHeaders(file);

/**
 * Whether the header of a file says that it was rendered for this environment. A copy in another directory belongs to
 * the person who made it.
 */
export const wasRenderedFor = ({ environment, name, text }: FoundFile): boolean =>
  NAME.test(name) && text.split('\n', HEADER_LINES).some((line) => isHeaderOf(environment, line.trimEnd()));

const isFromBeforeHeaders = ({ name, text }: FoundFile): boolean =>
  WITHOUT_HEADER.test(name) && !text.startsWith('#') && text.includes('kafka-platform');
