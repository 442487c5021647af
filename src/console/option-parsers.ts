import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { kibibytesPerSecond, type BytesPerSecond } from '../validation/units';
import { didYouMean } from './program-command';

/** Of an option that takes a whole number from one on. */
export const wholeNumberFrom =
  (lowest: number) =>
  (text: string): number => {
    if (/^\d{1,15}$/.test(text) && Number(text) >= lowest) return Number(text);
    throw new InvalidArgumentError(`allowed: a whole number from ${lowest} on.`);
  };

/** Of an option that takes a number from one on, with digits behind the point or without. */
export const numberFrom =
  (lowest: number) =>
  (text: string): number => {
    if (/^\d+(\.\d+)?$/.test(text) && Number(text) >= lowest) return Number(text);
    throw new InvalidArgumentError(`allowed: a number from ${lowest} on, such as ${lowest + 1.5}.`);
  };

const RATE_UNITS: Readonly<Record<string, number>> = { KiB: 1, MiB: 1024, GiB: 1024 ** 2 };

/** Of an option that takes a number of bytes per second, with a unit: `20MiB`. */
export function bytesPerSecond(text: string): BytesPerSecond {
  const [, count = '', unit = ''] = /^(\d{1,6}(?:\.\d{1,3})?)(KiB|MiB|GiB)$/.exec(text) ?? [];
  const kibibytes = Math.round(Number(count) * (RATE_UNITS[unit] ?? 0));
  if (kibibytes > 0) return kibibytesPerSecond(kibibytes);
  throw new InvalidArgumentError('allowed: what passes in a second, from 1KiB on, in KiB, MiB or GiB, such as 20MiB.');
}

/** Of an argument that takes ids of nodes, one after the other. */
export function nodeIds(text: string, before: readonly number[] | undefined): readonly number[] {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('allowed: ids of nodes, such as 3 4.');
  return [...new Set([...(before ?? []), Number(text)])];
}

/** Of an option that takes some of these names, with commas between. */
export const namesAmong =
  <Name extends string>(names: readonly Name[]) =>
  (text: string): readonly Name[] =>
    text.split(',').map((each) => {
      const name = each.trim();
      const found = names.find((one) => one === name);
      if (found !== undefined) return found;
      throw new InvalidArgumentError(
        `'${name}' is none of them${didYouMean(name, names)}; allowed: ${names.join(', ')}.`,
      );
    });

/** Of an option that names a file to be written. It is refused before the work that its content takes. */
export function resultFile(text: string): string {
  if (isDirectory(text)) throw new InvalidArgumentError('this is a directory; allowed: the path of a file.');
  const directory = dirname(resolve(text));
  if (isDirectory(directory)) return text;
  throw new InvalidArgumentError(`there is no directory ${directory}; allowed: the path of a file in one that exists.`);
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
