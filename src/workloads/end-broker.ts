import { readFileSync, readdirSync } from 'node:fs';
import { signal } from '../processes/processes';

/** Kills the broker. It is the only Java process of the pod, whose containers share a process namespace. */
export function endBroker(): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (nameOf(pid) === 'java') signal(Number(pid), 'SIGKILL');
  }
}

function nameOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}
