import type { Metric } from '../../../monitoring/exposition';
import type { CatchUp } from './catch-up';
import type { HeldUp } from './stop-guard';
import type { StopInSpite } from './stops-in-spite';

/** What an operator can pass. */
export const PASSABLE = ['stop', 'catch-up'] as const;
export type Passable = (typeof PASSABLE)[number];

/** How a guard stands. */
export interface GuardState {
  /** The stop that waits; undefined if none does. */
  readonly heldUp: HeldUp | undefined;
  /** How far the broker is; undefined unless it catches up after its start. */
  readonly catchUp: CatchUp | undefined;
  /** How often an operator has ended a wait since the guard started. */
  readonly passes: Readonly<Record<Passable, number>>;
  readonly stopsInSpite: readonly StopInSpite[];
}

/** The metrics of a guard. */
export const guardMetrics = (state: GuardState): readonly Metric[] => [...stopMetrics(state), ...catchUpMetrics(state)];

const stopMetrics = ({ heldUp, passes, stopsInSpite }: GuardState): readonly Metric[] => [
  {
    name: 'kafka_guard_stop_held_up_seconds',
    help: 'Seconds for which the stop of this node has been held up, by what holds it up now; 0 if no stop waits',
    samples: [{ labels: { obstacle: heldUp?.obstacle ?? 'none' }, value: inSeconds(heldUp?.waitedMs ?? 0) }],
  },
  {
    name: 'kafka_guard_stop_in_spite_timestamp_seconds',
    help: 'Time of the last stop of a node although something spoke against it, by cause; 0 if this guard knows of none',
    samples: stopsInSpite.map(({ nodeId, cause, at }) => ({ labels: { node: nodeId, cause }, value: inSeconds(at) })),
  },
  {
    name: 'kafka_guard_passes_total',
    help: 'Waits that an operator has ended',
    type: 'counter',
    samples: PASSABLE.map((wait) => ({ labels: { wait }, value: passes[wait] })),
  },
];

const catchUpMetrics = ({ catchUp }: GuardState): readonly Metric[] => [
  {
    name: 'kafka_guard_catch_up_replicas',
    help: 'Replicas of this broker that are not in sync after its start; 0 when it has caught up',
    samples: [{ labels: {}, value: catchUp?.replicas ?? 0 }],
  },
  {
    name: 'kafka_guard_catch_up_offsets_behind',
    help: 'Offsets between the ends of these replicas and those of their leaders',
    samples: [{ labels: {}, value: catchUp?.behind ?? 0 }],
  },
  {
    name: 'kafka_guard_catch_up_remaining_seconds',
    help: 'Estimate of the time until these replicas are in sync; without a sample while they come no nearer',
    samples: catchUp?.remainingMs === undefined ? [] : [{ labels: {}, value: inSeconds(catchUp.remainingMs) }],
  },
  {
    name: 'kafka_guard_catch_up_idle_seconds',
    help: 'Time since one of these replicas has fetched anything or come in sync; 0 when the broker has caught up',
    samples: [{ labels: {}, value: inSeconds(catchUp?.idleMs ?? 0) }],
  },
];

const inSeconds = (ms: number): number => Math.floor(ms / 1_000);
