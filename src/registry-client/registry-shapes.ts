interface Shape {
  readonly method: string;
  /** End of the path, without the query. */
  readonly path: RegExp;
  readonly is: (answer: unknown) => boolean;
  readonly words: string;
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => Number.isSafeInteger(value);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf =
  (is: (each: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(is);
const objectWith =
  (parts: Readonly<Record<string, (part: unknown) => boolean>>) =>
  (value: unknown): boolean =>
    isObject(value) && Object.entries(parts).every(([name, is]) => is(value[name]));

/** The parts of the Confluent API's responses that are used. */
const SHAPES: readonly Shape[] = [
  {
    method: 'POST',
    path: /\/compatibility\/subjects\/.+$/,
    is: objectWith({ is_compatible: (part) => typeof part === 'boolean' }),
    words: 'an object with is_compatible',
  },
  { method: 'GET', path: /\/subjects$/, is: listOf(isText), words: 'a list of names' },
  { method: 'GET', path: /\/subjects\/[^/]+\/versions$/, is: listOf(isNumber), words: 'a list of version numbers' },
  {
    method: 'GET',
    path: /\/subjects\/[^/]+\/versions\/\d+$/,
    is: objectWith({ id: isNumber, version: isNumber, schema: isText }),
    words: 'an object with id, version and schema',
  },
  {
    method: 'POST',
    path: /\/subjects\/[^/]+$/,
    is: objectWith({ id: isNumber, version: isNumber }),
    words: 'an object with id and version',
  },
  {
    method: 'POST',
    path: /\/subjects\/[^/]+\/versions$/,
    is: objectWith({ id: isNumber }),
    words: 'an object with an id',
  },
  { method: 'GET', path: /\/config\/[^/]+$/, is: isObject, words: 'an object' },
  { method: 'GET', path: /\/mode(\/[^/]+)?$/, is: isObject, words: 'an object' },
];

/**
 * Describes how a response differs from its expected form; undefined if it does not, or if the response is not used.
 */
export function missingShape(method: string, url: string, answer: unknown): string | undefined {
  const path = url.split('?')[0] ?? '';
  const shape = SHAPES.find((each) => each.method === method && each.path.test(path));
  return shape === undefined || shape.is(answer) ? undefined : shape.words;
}
