/**
 * Durations and sizes as branded numbers: a bare number does not compile where a unit is needed, so milliseconds
 * are never taken for seconds, nor MiB for bytes.
 */

declare const unit: unique symbol;

/** A duration in milliseconds. */
export type Milliseconds = number & { readonly [unit]: 'ms' };

/** A size in bytes. */
export type Bytes = number & { readonly [unit]: 'bytes' };

/** A data rate in bytes a second. */
export type BytesPerSecond = number & { readonly [unit]: 'bytes/s' };

export const milliseconds = (count: number): Milliseconds => count as Milliseconds;
export const seconds = (count: number): Milliseconds => milliseconds(count * 1_000);
export const minutes = (count: number): Milliseconds => seconds(count * 60);
export const hours = (count: number): Milliseconds => minutes(count * 60);
export const days = (count: number): Milliseconds => hours(count * 24);

export const bytes = (count: number): Bytes => count as Bytes;
export const kibibytes = (count: number): Bytes => bytes(count * 1024);
export const mebibytes = (count: number): Bytes => kibibytes(count * 1024);
export const gibibytes = (count: number): Bytes => mebibytes(count * 1024);

export const kibibytesPerSecond = (count: number): BytesPerSecond => kibibytes(count) as number as BytesPerSecond;

/** Retention without an end; Kafka's -1. */
export const FOREVER = milliseconds(-1);

const SIZE_UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** 1610612736 -> `1.5 GiB`. */
export function formatBytes(count: number): string {
  let value = count;
  let step = 0;
  while (Math.abs(value) >= 1024 && step < SIZE_UNITS.length - 1) {
    value /= 1024;
    step += 1;
  }
  return `${Number(value.toFixed(1))} ${SIZE_UNITS[step] ?? 'bytes'}`;
}

const DURATION_UNITS = [
  [days(1), 'd'],
  [hours(1), 'h'],
  [minutes(1), 'min'],
  [seconds(1), 's'],
] as const;

/** 604800000 -> `7 d`; -1 -> `for ever`. */
export function formatDuration(count: number): string {
  if (count === FOREVER) return 'for ever';
  const [size, name] = DURATION_UNITS.find(([candidate]) => count >= candidate) ?? [1, 'ms'];
  return `${Number((count / size).toFixed(1))} ${name}`;
}
