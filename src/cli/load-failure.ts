import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { problemText } from '../console/problem-text';
import { UserError } from '../validation/user-error';

const TYPESCRIPT = /\.[cm]?ts$/;

/** Messages of Node.js, by release, about TypeScript syntax that it does not support. */
const NOT_TAKEN =
  /^ERR_(UNKNOWN_FILE_EXTENSION|(UNSUPPORTED|INVALID)_TYPESCRIPT_SYNTAX|UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING)$/;

const NOT_FOUND = /^(ERR_)?MODULE_NOT_FOUND$/;

/**
 * Converts an error from loading a file into one sentence with the reason, the place if known, and the fix.
 * @param file path of the file in messages
 * @param error the thrown error; errors that are meant for users are returned unchanged
 */
export function loadFailure(file: string, error: unknown): unknown {
  if (!(error instanceof Error)) return new UserError(`${file} threw ${String(error)}.`, 'throw an Error, or nothing');
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (TYPESCRIPT.test(file) && (NOT_TAKEN.test(code) || error.name === 'SyntaxError'))
    return cannotLoadTypescript(file);
  if (NOT_FOUND.test(code)) {
    const fix = TYPESCRIPT.test(file)
      ? 'correct the import, or install what it names; Node.js without tsx wants the ending of a file, as ./topics.ts'
      : 'correct the import, or install what it names';
    return new UserError(`${file} could not be loaded: ${firstLine(error)}.`, fix);
  }
  if (error.name === 'SyntaxError' || error.name === 'TransformError') {
    const [first = '', second = ''] = error.message.split('\n');
    const [inStack] = /^\S+:\d+$/m.exec(error.stack ?? '') ?? [];
    const place = error.name === 'SyntaxError' ? inStack : second;
    return new UserError(
      `${file} could not be loaded: ${[first, place].filter(Boolean).join('\n  ')}`,
      'correct the syntax',
    );
  }
  if (problemText(error) !== undefined) return error;
  const place = placeOf(error);
  return new UserError(
    `${file} threw while it was loaded${place === undefined ? '' : ` (${place})`}: ${error.message}`,
    'correct the file; it has to load without errors and export a definition as its default',
  );
}

const cannotLoadTypescript = (file: string): UserError =>
  new UserError(
    `${file} is TypeScript that Node.js ${process.versions.node} cannot load by itself.`,
    `compile it and name the result (--config ${file.replace(TYPESCRIPT, '.js')}); ` +
      "or install tsx and set NODE_OPTIONS='--import tsx'",
  );

const firstLine = ({ message }: Error): string => message.split('\n', 1)[0] ?? '';

const FRAME = /(?:\(|at (?:async )?)((?:file:\/\/)?\/[^()]+?):(\d+):\d+\)?$/;

/** The place where it was thrown: the first stack frame outside of Node.js and packages. */
function placeOf({ stack = '' }: Error): string | undefined {
  const frames = stack.split('\n').flatMap((line) => {
    const [, path, line_] = /^ +at /.test(line) ? (FRAME.exec(line) ?? []) : [];
    return path === undefined || path.includes('/node_modules/') ? [] : [{ path, line: line_ }];
  });
  const [first] = frames;
  if (first === undefined) return undefined;
  const path = first.path.startsWith('file:') ? fileURLToPath(first.path) : first.path;
  return `${relative('', path)}:${first.line ?? ''}`;
}
