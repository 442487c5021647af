import { formatDuration, minutes } from '../../../validation/units';

/** A replica of this broker that is not in sync though its partition has a leader. */
export interface LaggingReplica {
  readonly topic: string;
  readonly partition: number;
  /** End of the log on this broker; undefined if it did not tell. */
  readonly fetched: bigint | undefined;
  /** End of the leader's log; undefined if the leader did not tell. */
  readonly leaderEnd: bigint | undefined;
}

/** How far a broker has come with its replicas that are not in sync. */
export interface CatchUp {
  readonly replicas: number;
  /** Offsets between the ends of the leaders' logs and its own. */
  readonly behind: bigint;
  /** Time until it is in sync, as fast as it comes nearer; undefined if it does not. */
  readonly remainingMs: number | undefined;
  /** Time since a replica has fetched anything or come in sync. */
  readonly idleMs: number;
}

/** Span over which the speed is measured. */
const WINDOW_MS = minutes(1);

const NAMED = 3;

interface Sample {
  readonly at: number;
  readonly behind: bigint;
}

/** Measures how a broker catches up, from one look to the next. */
export class CatchUpWatch {
  private ends = new Map<string, bigint>();
  private progressAt: number;
  private samples: readonly Sample[] = [];

  constructor(private readonly now: () => number) {
    this.progressAt = now();
  }

  /** Fetching is progress, however fast the leader is written to; a log may also be truncated after a start. */
  observe(lagging: readonly LaggingReplica[]): CatchUp {
    const at = this.now();
    const ends = new Map(lagging.map((one) => [nameOf(one), one.fetched ?? this.ends.get(nameOf(one)) ?? -1n]));
    const isFetching = [...ends].some(([name, end]) => end > (this.ends.get(name) ?? end));
    const isAnotherInSync = [...this.ends.keys()].some((name) => !ends.has(name));
    if (isFetching || isAnotherInSync) this.progressAt = at;
    this.ends = ends;
    const behind = lagging.reduce((sum, { fetched, leaderEnd }) => sum + distance(fetched, leaderEnd), 0n);
    this.samples = [...this.samples.filter((sample) => at - sample.at <= WINDOW_MS), { at, behind }];
    return { replicas: lagging.length, behind, remainingMs: this.remainingMs(), idleMs: at - this.progressAt };
  }

  private remainingMs(): number | undefined {
    const [first] = this.samples;
    const last = this.samples.at(-1);
    if (first === undefined || last === undefined || last.behind >= first.behind) return undefined;
    return (Number(last.behind) * (last.at - first.at)) / Number(first.behind - last.behind);
  }
}

/** Names some of the replicas, and tells how far they are and how long it will take. */
export function describeCatchUp(lagging: readonly LaggingReplica[], catchUp: CatchUp): string {
  const names = lagging.slice(0, NAMED).map(nameOf);
  if (lagging.length > NAMED) names.push(`${lagging.length - NAMED} more`);
  const count = lagging.length === 1 ? '1 replica is' : `${lagging.length} replicas are`;
  return `${count} not in sync (${names.join(', ')}), ${catchUp.behind} offsets behind: ${outlook(catchUp)}`;
}

function outlook({ remainingMs, idleMs }: CatchUp): string {
  if (idleMs >= WINDOW_MS) return `nothing was fetched for ${formatDuration(idleMs)}`;
  if (remainingMs === undefined) return 'catching up, without an estimate while it comes no nearer';
  return `catching up, about ${formatDuration(Math.round(remainingMs / 1_000) * 1_000)} left`;
}

const nameOf = ({ topic, partition }: Pick<LaggingReplica, 'topic' | 'partition'>): string => `${topic}-${partition}`;

const distance = (from: bigint | undefined, to: bigint | undefined): bigint =>
  from === undefined || to === undefined || to < from ? 0n : to - from;
