import { createServer } from 'node:net';
import { LOOPBACK } from '../components/kafka-cluster/local-layout';

/**
 * Free ports are looked for below those that systems give to outgoing connections (from 32768 on Linux, from 49152 elsewhere): one of
 * those may be taken between the moment it is found free and the moment a broker binds it.
 */
const FIRST_PORT = 10_240;
const LAST_PORT = 32_767;
const PORTS = LAST_PORT - FIRST_PORT + 1;

/** Processes that look at the same moment begin at ports of their own, this far apart. */
const PORTS_PER_PROCESS = 64;

/** A port that this process listens on, so that no other one is given it. */
export interface HeldPort {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Offset of the port at which the next search begins: a port that was given is not given again soon. */
let next = (process.pid * PORTS_PER_PROCESS) % PORTS;

/**
 * Holds free ports until they are released.
 * @throws when there are not as many
 */
export async function holdFree(count: number): Promise<readonly HeldPort[]> {
  const held: HeldPort[] = [];
  for (let tried = 0; held.length < count && tried < PORTS; tried += 1) {
    const one = await holdIfFree(FIRST_PORT + next);
    next = (next + 1) % PORTS;
    if (one !== undefined) held.push(one);
  }
  if (held.length === count) return held;
  await Promise.all(held.map(release));
  throw new Error(`there are no ${count} free ports from ${FIRST_PORT} to ${LAST_PORT}`);
}

/** Holds a port, or nothing when another process has it. */
export const holdIfFree = (port: number): Promise<HeldPort | undefined> =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(undefined));
    server.listen({ port, host: LOOPBACK, exclusive: true }, () =>
      done({ port, close: () => new Promise((closed) => server.close(() => closed())) }),
    );
  });

/** Gives a port free for the program that binds it. */
export async function release({ port, close }: HeldPort): Promise<number> {
  await close();
  return port;
}
