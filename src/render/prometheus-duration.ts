import { days, hours, minutes, seconds, type Milliseconds } from '../config/units';

const UNITS = [
  [days(1), 'd'],
  [hours(1), 'h'],
  [minutes(1), 'm'],
  [seconds(1), 's'],
] as const;

/** A duration as Prometheus writes it, exact: 900000 -> `15m`. */
export function prometheusDuration(duration: Milliseconds): string {
  const [size, name] = UNITS.find(([unit]) => duration >= unit && duration % unit === 0) ?? [1, 'ms'];
  return `${duration / size}${name}`;
}

/** A duration as number in PromQL, whose unit of time is the second. */
export const inSeconds = (duration: Milliseconds): number => duration / seconds(1);
