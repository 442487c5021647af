import { AT_REST, BROKERS, NODES, flat, from, ofNode, type Course, type Courses } from './at-rest';

/** Brokers restart one after the other, and then controllers; the scrapes miss each for a minute. */
export function rolling(): Courses {
  const awayAt = (id: number): number => 10 + 4 * NODES.indexOf(id);
  const anyAway = (minute: number): boolean => BROKERS.some((id) => minute >= awayAt(id) && minute < awayAt(id) + 2);
  const own = (id: number) =>
    Object.entries(AT_REST)
      .filter(([series]) => series.includes(`broker="${id}"`))
      .map(([series, course]) => [series, restarted(series, course, awayAt(id))] as const);
  const underReplicated = BROKERS.map((id) => {
    const course: Course = (minute) => (anyAway(minute) ? 4 : 0);
    const series = ofNode('kafka_server_replicamanager_underreplicatedpartitions', id);
    return [series, restarted(series, course, awayAt(id))] as const;
  });
  return { ...AT_REST, ...Object.fromEntries([...NODES.flatMap(own), ...underReplicated]) };
}

/** Counters restart, all other series continue. */
function restarted(series: string, course: Course, at: number): Course {
  const away: Course = series.startsWith('up{') ? flat(0) : () => 'stale';
  const again = at + 1;
  const sinceStart: Course = (minute) => Number(course(minute)) - Number(course(again));
  return from(at, course, from(again, away, series.includes('_total{') ? sinceStart : course));
}
