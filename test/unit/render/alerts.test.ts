import { parse } from 'yaml';
import { parseConfig, type Platform } from '../../../src/config/load';
import { seconds } from '../../../src/config/units';
import { alertGroups, alertRules } from '../../../src/render/alert-rules';
import { alertsBySubject } from '../../../src/render/alerts';
import { prometheusDuration } from '../../../src/render/prometheus-duration';
import { kindWith, validConfig, withValues } from '../../support/config';
import { checkRules, describeWithPromtool, testRules, type Expectation } from '../../support/promtool';
import { AT_REST, BROKERS, flat, from, ofBroker, type Course, type Courses } from './alerts/at-rest';
import { DEAD_LETTERS, FIRING } from './alerts/firing';

/** With two registries, as one alert is about those that have several. */
const config = kindWith({ registry: { replicas: 2 } });
const alerts = alertsBySubject(config).flatMap((subject) => subject.alerts);

const MINUTE_MS = 60_000;

const namesOf = (of: Platform): readonly string[] =>
  alertGroups(of).flatMap(({ rules }) => rules.map(({ alert }) => alert));

const changed = (changes: Readonly<Record<string, unknown>>): Platform => parseConfig(withValues(changes));

describe('alerts', () => {
  it('have each a case in which they fire, and a name of their own', () => {
    const names = alerts.map(({ name }) => name);
    expect(Object.keys(FIRING).sort()).toEqual([...new Set(names)].sort());
    expect(names).toHaveLength(new Set(names).size);
  });

  it.each(alerts.map((alert) => [alert.name, alert] as const))(
    '%s tells what it means and what to do',
    (_name, alert) => {
      expect(alert.summary.length).toBeLessThan(110);
      expect(alert.description.length).toBeGreaterThan(60);
      expect(`${alert.summary} ${alert.description}`).not.toMatch(/undefined|\[object|NaN/);
    },
  );

  it('wake nobody for less than 5 minutes, unless data is lost or about to be', () => {
    const soon = alerts.filter(({ severity, forMs }) => severity === 'critical' && forMs < 5 * MINUTE_MS);
    expect(soon.map(({ name }) => name)).toEqual(['KafkaLogDirectoryOffline', 'KafkaUncleanLeaderElection']);
  });

  it('are about nothing that a configuration does not have', () => {
    const all = namesOf(changed({}));
    const without = (changes: Readonly<Record<string, unknown>>) => {
      const left = namesOf(changed(changes));
      return all.filter((name) => !left.includes(name));
    };
    expect(without({ 'registry/provider': 'none' })).toEqual(['SchemaRegistryDown']);
    expect(without({ 'registry/provider': 'confluent' })).toEqual(['SchemaRegistryDown']);
    expect(without({ 'ui/enabled': false })).toEqual(['KafkaUiDown']);
    expect(without({ 'monitoring/lagExporter/provider': 'kafka-exporter' })).toEqual(['KafkaLagExporterIncomplete']);
  });

  it('follow brokers, claims and topics of the configuration', () => {
    const exprOf = (of: Platform, name: string): string =>
      alertsBySubject(of)
        .flatMap((subject) => subject.alerts)
        .find((alert) => alert.name === name)?.expr ?? '';
    const five = changed({ 'brokers/count': 5, 'brokers/quorum/voters': 5 });
    expect(exprOf(five, 'KafkaBrokerDown')).toContain('broker="4"');
    expect(exprOf(five, 'KafkaQuorumAtEdge')).toMatch(/<= 3$/);
    expect(exprOf(changed({}), 'KafkaDiskAlmostFull')).toMatch(/> 9126805504$/);
    const [orders] = validConfig.topics;
    const topics = changed({
      topics: [
        orders,
        { ...orders, name: 'one.replica', replicationFactor: 1, minInsyncReplicas: 1, retentionBytes: 2 ** 25 },
      ],
    });
    expect(exprOf(topics, 'KafkaTopicWithOneReplica')).toContain(String.raw`topic!~"one\\.replica"`);
    expect(exprOf(topics, 'KafkaRetentionDoesNotFit')).toContain(`* 3600, ${6 * 2 ** 25})`);
  });

  it('are the same for Prometheus and its operator', () => {
    expect(parse(alertRules(config))).toEqual({ groups: alertGroups(config) });
  });

  it.each([
    [seconds(15), '15s'],
    [seconds(90), '90s'],
    [seconds(900), '15m'],
    [seconds(86_400), '1d'],
  ])('write %d ms exactly', (duration, text) => {
    expect(prometheusDuration(duration)).toBe(text);
  });
});

describeWithPromtool('alerts, as Prometheus evaluates them', () => {
  const rules = alertRules(config);

  /** What Prometheus says of a cluster whose series take these courses. */
  function expectAt(courses: Courses, minutes: number, expectations: readonly Expectation[]): void {
    const everyMinute = Array.from({ length: minutes + 1 }, (_, minute) => minute);
    const values = (course: Course): string => everyMinute.map((minute) => course(minute)).join(' ');
    testRules(rules, {
      name: 'alerts',
      interval: '1m',
      input_series: Object.entries(courses).map(([series, course]) => ({ series, values: values(course) })),
      promql_expr_test: expectations,
    });
  }

  const nothing = (expr: string, minute: number): Expectation => ({ expr, eval_time: `${minute}m`, exp_samples: [] });

  it('are rules that it takes', () => {
    checkRules(rules);
  });

  it('are silent while the cluster is well', () => {
    expectAt(AT_REST, 180, [nothing('count_over_time(ALERTS[180m])', 180)]);
  });

  it('wake nobody for a rolling restart', () => {
    expectAt(rolling(), 60, [nothing('count_over_time(ALERTS{alertstate="firing"}[60m])', 60)]);
  });

  it('tell of a dead letter for a quarter of an hour, and once', () => {
    const expr = 'count(ALERTS{alertname="KafkaDeadLetters"})';
    expectAt({ ...AT_REST, [DEAD_LETTERS]: from(5, () => 'stale', flat(1)) }, 60, [
      { expr, eval_time: '19m', exp_samples: [{ labels: '{}', value: 1 }] },
      nothing(expr, 21),
      nothing(expr, 60),
    ]);
  });

  const cases = Object.entries(FIRING).flatMap(([name, some]) => some.map((one, index) => [name, index, one] as const));

  it.each(cases)('%s fires (%d)', (name, _index, { changes, minute, labels }) => {
    const by = Object.keys(labels).join(',');
    const expr = `count by (${by}) (ALERTS{alertname="${name}",alertstate="firing"})`;
    const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    const forMinutes = (alerts.find((alert) => alert.name === name)?.forMs ?? 0) / MINUTE_MS;
    expectAt({ ...AT_REST, ...changes }, minute, [
      ...(forMinutes === 0 ? [] : [nothing(expr, forMinutes - 1)]),
      { expr, eval_time: `${minute}m`, exp_samples: [{ labels: `{${pairs.join(',')}}`, value: 1 }] },
    ]);
  });
});

/** Brokers start anew one after the other, each away for a minute, as long as the scrape misses it. */
function rolling(): Courses {
  const awayAt = (id: number): number => 10 + 4 * id;
  const anyAway = (minute: number): boolean => BROKERS.some((id) => minute >= awayAt(id) && minute < awayAt(id) + 2);
  const own = (id: number) =>
    Object.entries(AT_REST)
      .filter(([series]) => series.includes(`broker="${id}"`))
      .map(([series, course]) => [series, restarted(series, course, awayAt(id))] as const);
  const underReplicated = BROKERS.map((id) => {
    const course: Course = (minute) => (anyAway(minute) ? 4 : 0);
    const series = ofBroker('kafka_server_replicamanager_underreplicatedpartitions', id);
    return [series, restarted(series, course, awayAt(id))] as const;
  });
  return { ...AT_REST, ...Object.fromEntries([...BROKERS.flatMap(own), ...underReplicated]) };
}

/** Counters begin again, everything else goes on. */
function restarted(series: string, course: Course, at: number): Course {
  const away: Course = series.startsWith('up{') ? flat(0) : () => 'stale';
  const again = at + 1;
  const sinceStart: Course = (minute) => Number(course(minute)) - Number(course(again));
  return from(at, course, from(again, away, series.includes('_total{') ? sinceStart : course));
}
