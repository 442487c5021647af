import { days, hours, minutes, seconds, type Milliseconds } from '../validation/units';

const UNITS = [
  [days(1), 'd'],
  [hours(1), 'h'],
  [minutes(1), 'm'],
  [seconds(1), 's'],
] as const;

/** An exact duration in Prometheus' notation: 900000 -> `15m`. */
export function prometheusDuration(duration: Milliseconds): string {
  const [size, name] = UNITS.find(([unit]) => duration >= unit && duration % unit === 0) ?? [1, 'ms'];
  return `${duration / size}${name}`;
}

/** A duration as a number for PromQL, in seconds. */
export const inSeconds = (duration: Milliseconds): number => duration / seconds(1);
