import { mebibytes, type Bytes } from '../validation/units';

const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] as const;
const DECIMAL = ['', 'k', 'M', 'G', 'T', 'P'] as const;

/**
 * Bytes as an exact Kubernetes quantity in the API server's canonical form, so that rendered and stored values are
 * equal: 1073741824 -> `1Gi`, 1000 -> `1k`, 1001 -> `1001`.
 */
export function memoryQuantity(size: Bytes): string {
  const isBinary = size % 1024 === 0;
  const suffixes = isBinary ? BINARY : DECIMAL;
  const base = isBinary ? 1024 : 1000;
  let value: number = size;
  let step = 0;
  while (value % base === 0 && step < suffixes.length - 1) {
    value /= base;
    step += 1;
  }
  return `${value}${suffixes[step] ?? ''}`;
}

/** Bytes of a quantity in any form. Fractions of a byte are rounded up, as in Kubernetes. */
export function bytesOfQuantity(quantity: string): number {
  const [, number = '0', suffix = ''] = /^([0-9.]+(?:e[0-9]+)?)([A-Za-z]*)$/.exec(quantity) ?? [];
  if (suffix === 'm') return Math.ceil(Number(number) / 1_000);
  const binary = BINARY.indexOf(suffix as (typeof BINARY)[number]);
  if (binary >= 0) return Math.ceil(Number(number) * 1024 ** binary);
  return Math.ceil(Number(number) * 1000 ** Math.max(0, DECIMAL.indexOf(suffix as (typeof DECIMAL)[number])));
}

/** Thousandths of a core as a Kubernetes quantity in the API server's canonical form: 250 -> `250m`, 2000 -> `2`. */
export const cpuQuantity = (millicores: number): string =>
  millicores % 1_000 === 0 ? String(millicores / 1_000) : `${millicores}m`;

/**
 * For programs such as the JVM and Node.js, whose sizes are given in mebibytes. Rounded down, so that a limit is not
 * exceeded.
 */
export const wholeMebibytes = (size: number): number => Math.floor(size / mebibytes(1));
