/** The last line of a log that is a JSON object. Progress lines may precede and follow it. */
export function jsonLine(log: string): unknown {
  for (const line of log.trim().split('\n').reverse()) {
    if (!line.startsWith('{')) continue;
    try {
      return JSON.parse(line);
    } catch {
      continue;
    }
  }
  return undefined;
}
