/** Number of lines that are shown of a log without recognizable errors. */
const LAST_LINES = 12;

/** Maximum number of lines of an error; the deepest cause is always kept. */
const MOST_LINES = 12;

/** Maximum number of lines of an error message of this project's programs. */
const MOST_LINES_OF_OURS = 40;

/** Start of a log record; lines up to the next one belong to it. */
const RECORD =
  /^(\[?\d{4}-\d\d-\d\d[T ]|(time|ts|level)=|\{"|[✔✘…] |start-broker: |stop-guard: |Node\.js v\d|Exception in thread )/;

const LEVEL = String.raw`(ERROR|FATAL|SEVERE)`;

/** Patterns of error lines, by the software that writes them. */
const ERRORS: readonly RegExp[] = [
  // Java logging libraries; the time comes first.
  new RegExp(String.raw`^\[?\d{4}-\d\d-\d\d[T ][^A-Za-z]*Z?\]? +\[?${LEVEL}\b`),
  // Prometheus and other Go programs, and JSON logs.
  /\blevel=(error|fatal)\b/i,
  /^\{.*"level":\s*"(error|fatal)"/i,
  /^panic: |^fatal error: /,
  // Java without a logging library, and the JVM itself.
  /^Exception in thread /,
  /^([a-z][\w$]*\.)+[A-Z][\w$]*(Exception|Error)\b/,
  /^Error occurred during initialization of VM|^Unrecognized (VM )?option|^# There is insufficient memory|^Terminating due to java/,
  // Node.js, and other programs.
  /^(Uncaught )?([A-Z]\w*)?(Error|Exception)( \[\w+\])?: /,
  /^(ERROR|FATAL|[Ff]atal|error)\b:? /,
  // Shells, and the brokers' start script.
  /^\S+: line \d+: /,
  /^start-broker: refusing to start: /,
];

/** Logged at ERROR level on slow machines without a fault. */
const HARMLESS = /Exceptionally slow controller event/;

const STACK_FRAME = /^\s+at |^\s*\.\.\. \d+ (more|common frames)/;

const FIX = /^ +fix: /;

const OUR_HEADER = / \d+ problems?; /;

/**
 * Explains why a process ended by its output: the first error with its causes, without stack frames. An error message
 * of this project's programs has precedence. If there is no error, the last lines.
 */
export function explainLog(log: string): string {
  const lines = log.trimEnd().split('\n');
  if (lines.every((line) => line.trim() === '')) return 'it left no log';
  return (ourError(lines) ?? firstError(lines) ?? lastLines(lines)).join('\n');
}

/** Omits continuation lines, such as the settings that a Kafka tool prints before its error message. */
function lastLines(lines: readonly string[]): readonly string[] {
  const told = lines.filter((line) => !/^\s/.test(line));
  return (told.length === 0 ? lines : told).slice(-LAST_LINES);
}

/** This project's programs end with their message, after an empty line or after the failed step. */
function ourError(lines: readonly string[]): readonly string[] | undefined {
  const failedStep = lines.findLastIndex((line) => line.startsWith('✘ '));
  const fix = lines.findIndex((line) => FIX.test(line));
  if (failedStep < 0 && fix < 0) return undefined;
  const start = failedStep >= 0 ? failedStep + 1 : beginOf(lines, fix);
  const told = withoutEmptyEnds(lines.slice(start));
  if (told.length === 0) return undefined;
  return told.some((line) => STACK_FRAME.test(line)) ? firstError(told) : shortened(told, MOST_LINES_OF_OURS);
}

/** The message starts after the preceding empty line; a list of problems has another one after its header. */
function beginOf(lines: readonly string[], fix: number): number {
  const before = lines.slice(0, fix).findLastIndex((line) => line.trim() === '' || RECORD.test(line));
  return OUR_HEADER.test(lines[before - 1] ?? '') ? before - 1 : before + 1;
}

function withoutEmptyEnds(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  return first < 0 ? [] : lines.slice(first);
}

function firstError(lines: readonly string[]): readonly string[] | undefined {
  const head = lines.findIndex((line) => ERRORS.some((error) => error.test(line)) && !HARMLESS.test(line));
  if (head < 0) return undefined;
  const rest = lines.slice(head + 1);
  const end = rest.findIndex((line) => RECORD.test(line) || line.trim() === '');
  const below = (end < 0 ? rest : rest.slice(0, end)).filter((line) => !STACK_FRAME.test(line));
  return shortened([lines[head] ?? '', ...below], MOST_LINES);
}

/** Keeps the start, and the end with the deepest causes. */
function shortened(lines: readonly string[], most: number): readonly string[] {
  if (lines.length <= most) return lines;
  const deepest = lines.findLast((line, index) => index >= most - 2 && /Caused by: |\[cause\]: /.test(line));
  const kept = lines.slice(0, deepest === undefined ? most - 1 : most - 2);
  return [...kept, `… ${lines.length - kept.length} lines more`, ...(deepest === undefined ? [] : [deepest])];
}
