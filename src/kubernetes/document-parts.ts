import { contentHash } from './content-hash';

/** The API server limits all keys of a ConfigMap together to 1 MiB, and the whole object to slightly more. */
const PART_BYTES = 700 * 1024;

/** A file in a ConfigMap: a whole document or one part of it. */
export interface DocumentPart {
  /** Name of the ConfigMap: the name of the document, with a number from the second part on. */
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
}

interface Document {
  /** Name of the ConfigMap. */
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

/** Ending of the index file of a document with several parts. The index file lies beside the first part. */
export const PARTS_ENDING = '.parts';

/** File name of a part in the directory where all parts are mounted. @param number from 1 */
export const partName = (file: string, number: number): string => `${file}.${number}`;

/**
 * The number of parts and the hash of the complete document. ConfigMaps are updated one after the other, so a reader
 * must detect a mixture of old and new parts.
 */
export interface PartsIndex {
  readonly count: number;
  readonly hash: string;
}

export const documentHash = (text: string): string => contentHash({ text });

/** Splits a document between lines into as many ConfigMaps as needed; one if it fits. */
export function documentParts({ name, file, text }: Document): readonly DocumentPart[] {
  const parts = splitLines(text, PART_BYTES);
  if (parts.length === 1) return [{ name, data: { [file]: text } }];
  const index: PartsIndex = { count: parts.length, hash: documentHash(text) };
  return parts.map((part, at) => ({
    name: at === 0 ? name : `${name}-${at + 1}`,
    data: {
      ...(at === 0 ? { [`${file}${PARTS_ENDING}`]: `${JSON.stringify(index)}\n` } : {}),
      [partName(file, at + 1)]: part,
    },
  }));
}

function splitLines(text: string, limit: number): readonly string[] {
  const parts: string[] = [];
  let part: string[] = [];
  let size = 0;
  for (const line of text.split(/(?<=\n)/)) {
    const length = Buffer.byteLength(line);
    if (size > 0 && size + length > limit) {
      parts.push(part.join(''));
      part = [];
      size = 0;
    }
    part.push(line);
    size += length;
  }
  return [...parts, part.join('')];
}
