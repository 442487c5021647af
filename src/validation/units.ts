/**
 * Durations and sizes as branded numbers. A plain number does not compile where a unit is required, which prevents
 * mistaking seconds for milliseconds or MiB for bytes.
 */

declare const unit: unique symbol;

/** A duration in milliseconds. */
export type Milliseconds = number & { readonly [unit]: 'ms' };

/** A size in bytes. */
export type Bytes = number & { readonly [unit]: 'bytes' };

/** A data rate in bytes per second. */
export type BytesPerSecond = number & { readonly [unit]: 'bytes/s' };

/** A duration. @param count milliseconds */
export const milliseconds = (count: number): Milliseconds => count as Milliseconds;
/** A duration. @param count seconds */
export const seconds = (count: number): Milliseconds => milliseconds(count * 1_000);
/** A duration. @param count minutes */
export const minutes = (count: number): Milliseconds => seconds(count * 60);
/** A duration. @param count hours */
export const hours = (count: number): Milliseconds => minutes(count * 60);
/** A duration. @param count days of 24 hours */
export const days = (count: number): Milliseconds => hours(count * 24);

/** A size. @param count bytes */
export const bytes = (count: number): Bytes => count as Bytes;
/** A size. @param count KiB, 2^10 bytes */
export const kibibytes = (count: number): Bytes => bytes(count * 1024);
/** A size. @param count MiB, 2^20 bytes */
export const mebibytes = (count: number): Bytes => kibibytes(count * 1024);
/** A size. @param count GiB, 2^30 bytes */
export const gibibytes = (count: number): Bytes => mebibytes(count * 1024);

/** A data rate. @param count KiB per second */
export const kibibytesPerSecond = (count: number): BytesPerSecond => kibibytes(count) as number as BytesPerSecond;

/** Unlimited retention; -1 in Kafka. */
export const FOREVER = milliseconds(-1);

const SIZE_UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** A size as text: 1610612736 -> `1.5 GiB`. @param count bytes */
export function formatBytes(count: number): string {
  let value = count;
  let step = 0;
  while (Math.abs(value) >= 1024 && step < SIZE_UNITS.length - 1) {
    value /= 1024;
    step += 1;
  }
  return `${Number(value.toFixed(1))} ${SIZE_UNITS[step] ?? 'bytes'}`;
}

/** A size as text that says all of it: `1.5 GiB`, or `1610612737 bytes (1.5 GiB)`. @param count bytes */
export function exactBytes(count: number): string {
  const rounded = formatBytes(count);
  const [number = '', unit = ''] = rounded.split(' ');
  const factor = 1024 ** SIZE_UNITS.findIndex((one) => one === unit);
  return Number(number) * factor === count ? rounded : `${count} bytes (${rounded})`;
}

const DURATION_UNITS = [
  [days(1), 'd'],
  [hours(1), 'h'],
  [minutes(1), 'min'],
  [seconds(1), 's'],
] as const;

/** A duration as text: 604800000 -> `7 d`; -1 -> `for ever`. @param count milliseconds */
export function formatDuration(count: number): string {
  if (count === FOREVER) return 'for ever';
  const [size, name] = DURATION_UNITS.find(([candidate]) => count >= candidate) ?? [1, 'ms'];
  return `${Number((count / size).toFixed(1))} ${name}`;
}

/** A duration as text that says all of it: `7 d`, or `604800001 ms (7 d)`. @param count milliseconds */
export function exactDuration(count: number): string {
  const rounded = formatDuration(count);
  const [number = '', unit = ''] = rounded.split(' ');
  const [factor = 1] = DURATION_UNITS.find(([, name]) => name === unit) ?? [];
  return count < 0 || Number(number) * factor === count ? rounded : `${count} ms (${rounded})`;
}
