import { mebibytes, type Bytes } from '../config/units';

const SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti'] as const;

/** Bytes as Kubernetes quantity, exact: 1073741824 -> `1Gi`, 1000 -> `1000`. */
export function memoryQuantity(size: Bytes): string {
  let value: number = size;
  let step = 0;
  while (value % 1024 === 0 && step < SUFFIXES.length - 1) {
    value /= 1024;
    step += 1;
  }
  return `${value}${SUFFIXES[step] ?? ''}`;
}

/** Thousandths of a core as Kubernetes quantity: 250 -> `250m`. */
export const cpuQuantity = (millicores: number): string => `${millicores}m`;

/** For programs that take sizes in mebibytes, the JVM and Node among them. Rounded down: a limit stays one. */
export const wholeMebibytes = (size: number): number => Math.floor(size / mebibytes(1));
