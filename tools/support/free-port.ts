import { holdFree, release } from '../../src/local/free-ports';

/** A free port, for a program that cannot choose one itself. */
export async function freePort(): Promise<number> {
  const [port] = await Promise.all((await holdFree(1)).map(release));
  return port ?? 0;
}
