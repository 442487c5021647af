/** The last time that ISO 8601 represents with a four-digit year. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Milliseconds since 1970 in ISO 8601. A number outside the valid range is returned as it is, for example of a record
 * with nanoseconds or without a timestamp (-1).
 */
export function timeText(time: number | bigint): string {
  return time >= 0 && time <= LAST ? new Date(Number(time)).toISOString() : String(time);
}
