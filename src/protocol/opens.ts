import { connect } from 'node:net';

const TIMEOUT_MS = 3_000;

/**
 * Whether a process listens on a TCP port.
 * @param timeoutMs time after which a port that does not answer counts as closed; @default 3 s
 */
export function opens(host: string, port: number, timeoutMs = TIMEOUT_MS): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const finish = (answer: boolean): void => {
      socket.destroy();
      done(answer);
    };
    socket.once('connect', () => finish(true));
    socket.once('timeout', () => finish(false));
    socket.once('error', () => finish(false));
  });
}
