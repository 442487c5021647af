import { exposition } from '../../../../../src/monitoring/exposition';
import { guardMetrics } from '../../../../../src/components/kafka-cluster/guard/guard-metrics';
import { guardedNode } from '../../../../support/guarded-node';
import { StopsInSpite } from '../../../../../src/components/kafka-cluster/guard/stops-in-spite';

const nodes = [0, 1].map(guardedNode);

describe('stops in spite of something', () => {
  it('are known by node and cause, with the time of the last', () => {
    let now = 5_000;
    const stops = new StopsInSpite({ nodes }, () => now);
    expect(stops.note(1, 'passed')).toBe(true);
    now = 9_000;
    stops.note(1, 'passed');
    expect(stops.all.filter(({ at }) => at > 0)).toEqual([{ nodeId: 1, cause: 'passed', at: 9_000 }]);
  });

  it.each([
    ['a node that there is not', 7, 'passed'],
    ['no number', NaN, 'passed'],
    ['a cause that there is not', 1, 'bored'],
  ])('are not noted for %s', (_, nodeId, cause) => {
    const stops = new StopsInSpite({ nodes });
    expect([stops.note(nodeId, cause), stops.all.every(({ at }) => at === 0)]).toEqual([false, true]);
  });
});

describe('the metrics of a guard', () => {
  const passes = { stop: 2, 'catch-up': 1 };

  const AT_REST = { heldUp: undefined, catchUp: undefined, passes, stopsInSpite: [] };

  it('have a sample each while nothing happens', () => {
    const stops = new StopsInSpite({ nodes });
    const text = exposition(guardMetrics({ ...AT_REST, stopsInSpite: stops.all }));
    expect(text).toContain('kafka_guard_stop_held_up_seconds{obstacle="none"} 0\n');
    expect(text).toContain('kafka_guard_stop_in_spite_timestamp_seconds{node="0",cause="passed"} 0\n');
    expect(text).toContain('kafka_guard_passes_total{wait="stop"} 2\n');
  });

  it('tell how far the broker has caught up, and how long it will take if that is known', () => {
    const catchUp = { replicas: 2, behind: 50n, remainingMs: undefined, idleMs: 7_900 };
    const text = exposition(guardMetrics({ ...AT_REST, catchUp }));
    expect(text).toContain('kafka_guard_catch_up_replicas 2\n');
    expect(text).toContain('kafka_guard_catch_up_offsets_behind 50\n');
    expect(text).toContain('kafka_guard_catch_up_idle_seconds 7\n');
    expect(text).not.toContain('remaining');
    expect(exposition(guardMetrics({ ...AT_REST, catchUp: { ...catchUp, remainingMs: 61_000 } }))).toContain(
      'kafka_guard_catch_up_remaining_seconds 61\n',
    );
  });

  it('tell what holds up a stop and for how long', () => {
    const heldUp = { obstacle: 'quorum', waitedMs: 61_500 } as const;
    expect(exposition(guardMetrics({ ...AT_REST, heldUp }))).toContain(
      'kafka_guard_stop_held_up_seconds{obstacle="quorum"} 61\n',
    );
  });
});
