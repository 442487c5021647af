import type { ServersReachable, ServersUnreachable } from '../notices';

/** A server is told that has not answered for so long, with attempts all the time. */
const FIRST_MS = 2_000;

/** Until it is told again; doubles each time. */
const AGAIN_MS = 10_000;
const LONGEST_AGAIN_MS = 60_000;

/** Attempts at a server that is needed follow one another within it; one that is tried now and then is not waited for. */
const PAUSE_MS = 5_000;

/** The same while no server answers: clients wait longer between attempts then. */
const OUTAGE_PAUSE_MS = 15_000;

/** Attempts that failed one after another. */
interface Run {
  readonly since: number;
  readonly last: number;
}

interface Failing extends Run {
  readonly error: unknown;
}

/** An attempt to reach a server that has failed. Times are by the process's clock, in milliseconds. */
interface FailedAttempt {
  readonly server: string;
  readonly startedAt: number;
  readonly now: number;
  readonly error: unknown;
}

/** Decides when servers that clients of one cluster wait for are told, and when they answer again. */
export class ServerAnswers {
  private readonly failing = new Map<string, Failing>();
  /** Of all servers together. */
  private outage: Run | undefined;
  private told: { readonly servers: ReadonlySet<string>; readonly since: number; readonly at: number } | undefined;
  private againMs = AGAIN_MS;

  /** @param clientId of the clients. @default none, as of the serde */
  constructor(private readonly clientId: string | undefined) {}

  /** @returns what is to be told now */
  failed({ server, startedAt, now, error }: FailedAttempt): ServersUnreachable | undefined {
    const attempt = { since: startedAt, last: now };
    this.failing.set(server, { ...extended(this.failing.get(server), attempt, PAUSE_MS), error });
    this.outage = extended(this.outage, attempt, OUTAGE_PAUSE_MS);
    const awaited = this.awaited(now);
    if (awaited.size === 0 || !this.isDue(awaited, now)) return undefined;
    const runs = [...awaited.values()];
    const since = Math.min(...runs.map((run) => run.since));
    const servers = [...awaited.keys()];
    this.told = { servers: new Set(servers), since, at: now };
    return this.unreachable(awaited, now - since);
  }

  /** @returns what is to be told now */
  answered(server: string, now: number): ServersReachable | undefined {
    this.failing.delete(server);
    this.outage = undefined;
    const { told, clientId } = this;
    if (told?.servers.has(server) !== true) return undefined;
    this.told = undefined;
    this.againMs = AGAIN_MS;
    const failedMs = now - told.since;
    const message = `${server} answers ${nameOf(clientId)} again, after ${seconds(failedMs)}`;
    return { kind: 'servers-reachable', servers: [server], clientId, failedMs, message };
  }

  /** Servers that come on top are told soon, the same again only after a while. */
  private isDue(awaited: ReadonlyMap<string, Failing>, now: number): boolean {
    const { told } = this;
    if (told === undefined) return true;
    const hasMore = [...awaited.keys()].some((server) => !told.servers.has(server));
    if (hasMore) return now - told.at >= FIRST_MS;
    if (now - told.at < this.againMs) return false;
    this.againMs = Math.min(2 * this.againMs, LONGEST_AGAIN_MS);
    return true;
  }

  private unreachable(awaited: ReadonlyMap<string, Failing>, failedMs: number): ServersUnreachable {
    const { clientId } = this;
    const named = [...awaited].map(([server, { error }]) => `${server} (${textOf(error)})`).join(', ');
    const message = `no answer from ${named} for ${seconds(failedMs)}; ${nameOf(clientId)} keeps trying`;
    const [cause] = [...awaited.values()].map(({ error }) => error);
    return { kind: 'servers-unreachable', servers: [...awaited.keys()], clientId, failedMs, cause, message };
  }

  /** The servers that clients have tried to reach for some time; all that failed while none answered. */
  private awaited(now: number): ReadonlyMap<string, Failing> {
    const { outage } = this;
    const isOutage = outage !== undefined && now - outage.since >= FIRST_MS;
    const isAwaited = ({ since, last }: Run): boolean =>
      isOutage ? last >= outage.since : last - since >= FIRST_MS && now - last <= PAUSE_MS;
    return new Map([...this.failing].filter(([, run]) => isAwaited(run)));
  }
}

const extended = (run: Run | undefined, { since, last }: Run, pauseMs: number): Run =>
  run !== undefined && since - run.last <= pauseMs ? { since: run.since, last } : { since, last };

const nameOf = (clientId: string | undefined): string => (clientId === undefined ? 'the serde' : `client ${clientId}`);

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

/** What went wrong; an error of several addresses of one name has no message of its own. */
function textOf(error: unknown): string {
  const { errors, message } = Object(error) as { readonly errors?: unknown; readonly message?: unknown };
  if (Array.isArray(errors)) return [...new Set(errors.map(textOf))].join('; ');
  return String(message ?? error);
}
