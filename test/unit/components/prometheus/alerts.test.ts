import { componentsOf } from '../../../../src/platform/components';
import { parse, stringify } from 'yaml';
import { parseConfig, type Platform } from '../../../../src/platform/load';
import { seconds } from '../../../../src/validation/units';
import { alertGroups, alertRules } from '../../../../src/components/prometheus/alert-rules';
import { alertsByGroup } from '../../../../src/components/derived';
import { prometheusDuration } from '../../../../src/monitoring/duration';
import { metricsIn } from '../../../support/promql';
import { kindWith, validConfig, withValues } from '../../../../tools/support/config';
import { checkRules, describeWithPromtool, testRules, type Expectation } from '../../../support/promtool';
import { AT_REST, CONTROLLERS, flat, from, ofExporter, ofNode, type Courses } from './alerts/at-rest';
import { DEAD_LETTERS, LAST_LEADERS_ELECTED, LOG_GAPS, RETIRED } from './alerts/cases';
import { evaluate, nothing } from './alerts/evaluate';
import { FIRING } from './alerts/firing';
import { RESTING } from './alerts/resting';
import { rolling } from './alerts/rolling';

/** With two registry replicas, because one alert needs several. */
const config = kindWith({ registry: { replicas: 2 } });
const alerts = alertsByGroup(componentsOf(config)).flatMap((group) => group.alerts);

const MINUTE_MS = 60_000;
const AT_ONCE = ['KafkaLogDirectoryOffline', 'KafkaUnderMinIsr', 'KafkaRecordsLost', 'KafkaRecordsMissing'];

const namesOf = (of: Platform): readonly string[] =>
  alertGroups(componentsOf(of), of.monitoring).flatMap(({ rules }) => rules.map(({ alert }) => alert));

const changed = (changes: Readonly<Record<string, unknown>>): Platform => parseConfig(withValues(changes));

describe('alerts', () => {
  it('each have a test case that fires, and a unique name', () => {
    const names = alerts.map(({ name }) => name);
    expect(Object.keys(FIRING).sort()).toEqual([...new Set(names)].sort());
    expect(names).toHaveLength(new Set(names).size);
  });

  it.each(alerts.map((alert) => [alert.name, alert] as const))(
    '%s explains its meaning and the remedy',
    (_name, alert) => {
      // Placeholders do not have the length of their values.
      expect(alert.summary.replaceAll(/\{\{.*?\}\}/g, '').length).toBeLessThan(110);
      expect(alert.description.length).toBeGreaterThan(60);
      expect(`${alert.summary} ${alert.description}`).not.toMatch(/undefined|\[object|NaN/);
    },
  );

  it.each(alerts.map((alert) => [alert.name, alert] as const))('%s formats every number', (_name, alert) => {
    for (const text of [alert.summary, alert.description])
      expect(
        text.replaceAll(/\{\{ \$value \| (printf "%\.0f"|humanize(Percentage|Duration|1024)) \}\}/g, ''),
      ).not.toMatch(/\$value/);
  });

  it.each(alerts.map((alert) => [alert.name, alert] as const))(
    '%s is silent at rest because of the values of its series, not their absence',
    (_name, { expr }) => {
      const known = new Set(Object.keys(AT_REST).map((series) => series.replace(/\{.*/, '')));
      expect(metricsIn(expr).filter((metric) => !known.has(metric))).toEqual([]);
    },
  );

  it('page only after 5 minutes, unless data is lost or at risk, or writes are refused', () => {
    const soon = alerts.filter(({ severity, forMs }) => severity === 'critical' && forMs < 5 * MINUTE_MS);
    expect(soon.map(({ name }) => name)).toEqual(AT_ONCE);
  });

  it('cover only components of the configuration', () => {
    const all = namesOf(changed({}));
    const without = (changes: Readonly<Record<string, unknown>>) => {
      const left = namesOf(changed(changes));
      return all.filter((name) => !left.includes(name));
    };
    expect(without({ 'registry/provider': 'none' })).toEqual(['SchemaRegistryDown']);
    expect(without({ 'registry/provider': 'confluent' })).toEqual(['SchemaRegistryDown']);
    expect(without({ 'ui/enabled': false })).toEqual(['KafkaUiDown']);
    expect(without({ 'monitoring/lagExporter/provider': 'kafka-exporter' })).toEqual([
      'KafkaLagExporterIncomplete',
      'KafkaTopicsNotAsInCatalogue',
      'KafkaTransactionOpen',
      'KafkaTransactionHanging',
    ]);
  });

  it('follow brokers, claims and topics of the configuration', () => {
    const exprOf = (of: Platform, name: string): string =>
      alertsByGroup(componentsOf(of))
        .flatMap((group) => group.alerts)
        .find((alert) => alert.name === name)?.expr ?? '';
    const five = changed({ 'brokers/nodePools/0/replicas': 5 });
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
    expect(parse(alertRules(componentsOf(config), config.monitoring))).toEqual({
      groups: alertGroups(componentsOf(config), config.monitoring),
    });
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
  const rules = alertRules(componentsOf(config), config.monitoring);

  /** The rule of one alert: evaluating all takes a second per case. */
  const ruleOf = (name: string): string =>
    stringify({
      groups: alertGroups(componentsOf(config), config.monitoring).map((group) => ({
        ...group,
        rules: group.rules.filter(({ alert }) => alert === name),
      })),
    });

  /** Checks the results of a cluster with these series, with all rules or some. */
  const expectAt = (courses: Courses, minutes: number, expectations: readonly Expectation[], by = rules): void =>
    evaluate(by, { courses, minutes, expectations });

  const annotationsOf = (name: string) =>
    alertGroups(componentsOf(config), config.monitoring)
      .flatMap((group) => group.rules)
      .find(({ alert }) => alert === name)?.annotations;

  it('are valid rules', () => {
    checkRules(rules);
  });

  it('are silent while the cluster is healthy', () => {
    expectAt(AT_REST, 180, [nothing('count_over_time(ALERTS[180m])', 180)]);
  });

  it('do not page for a rolling restart', () => {
    expectAt(rolling(), 60, [nothing('count_over_time(ALERTS{alertstate="firing"}[60m])', 60)]);
  });

  it.each([
    ['KafkaDeadLetters', DEAD_LETTERS],
    ['KafkaRecordsMissing', LOG_GAPS],
  ])('%s reports an event once, for a quarter of an hour', (name, series) => {
    const expr = `count(ALERTS{alertname="${name}"})`;
    expectAt({ ...AT_REST, [series]: from(5, () => 'stale', flat(1)) }, 60, [
      { expr, eval_time: '19m', exp_samples: [{ labels: '{}', value: 1 }] },
      nothing(expr, 21),
      nothing(expr, 60),
    ]);
  });

  const firing = 'count by (alertname) (ALERTS{alertstate="firing"})';
  const only = (name: string, eval_time: string): Expectation => ({
    expr: firing,
    eval_time,
    exp_samples: [{ labels: `{alertname="${name}"}`, value: 1 }],
  });

  it('report of a group without members only that it has none', () => {
    expectAt({ ...AT_REST, ...RETIRED }, 60, [
      only('KafkaConsumerGroupWithoutMembers', '30m'),
      only('KafkaConsumerGroupWithoutMembers', '60m'),
    ]);
  });

  it('report no lost records for a partition with an unchanged number of records', () => {
    expectAt({ ...AT_REST, ...LAST_LEADERS_ELECTED() }, 60, [
      only('KafkaUncleanLeaderElection', '10m'),
      nothing('count_over_time(ALERTS{alertname="KafkaRecordsLost"}[60m])', 60),
      nothing(firing, 60),
    ]);
  });

  it('do not count events before a restart again', () => {
    const unclean = 'kafka_controller_controllerstats_uncleanleaderelectionspersec_total';
    const counted = Object.fromEntries(
      CONTROLLERS.map((id) => [ofNode(unclean, id), (minute: number) => (id === 101 && minute >= 60 ? 0 : 96)]),
    );
    expectAt({ ...AT_REST, ...counted }, 90, [nothing(`count_over_time(${firing}[60m:1m])`, 90)]);
  });

  it('count in whole numbers', () => {
    testRules(rules, {
      name: 'whole numbers',
      interval: '1m',
      input_series: [{ series: DEAD_LETTERS, values: '2x20 3x10' }],
      alert_rule_test: [
        {
          alertname: 'KafkaDeadLetters',
          eval_time: '22m',
          exp_alerts: [
            {
              exp_labels: { group: 'email', topic: 'orders', severity: 'warning' },
              exp_annotations: {
                ...annotationsOf('KafkaDeadLetters'),
                summary: 'Group email has given up 1 records of orders',
              },
            },
          ],
        },
      ],
    });
  });

  it('report since when a group has had no members', () => {
    testRules(rules, {
      name: 'since',
      interval: '1m',
      input_series: [
        { series: ofExporter('kafka_consumergroup_members', { consumergroup: 'old' }), values: '2x5 0x60' },
        {
          series: ofExporter('kafka_consumergroup_current_offset', {
            consumergroup: 'old',
            topic: 'orders',
            partition: 0,
          }),
          values: '5x70',
        },
      ],
      alert_rule_test: [
        {
          alertname: 'KafkaConsumerGroupWithoutMembers',
          eval_time: '40m',
          exp_alerts: [
            {
              exp_labels: {
                consumergroup: 'old',
                severity: 'warning',
                instance: 'kafka-lag-exporter:9308',
                job: 'lag-exporter',
              },
              exp_annotations: {
                ...annotationsOf('KafkaConsumerGroupWithoutMembers'),
                summary: 'Group old has commits and no members since 1970-01-01 00:06:00 +0000 UTC',
              },
            },
          ],
        },
      ],
    });
  });

  const cases = Object.entries(FIRING).flatMap(([name, some]) => some.map((one, index) => [name, index, one] as const));

  it.each(cases)('%s fires (%d)', (name, _index, { changes, minute, labels }) => {
    const by = Object.keys(labels).join(',');
    const expr = `count by (${by}) (ALERTS{alertname="${name}",alertstate="firing"})`;
    const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    const forMinutes = (alerts.find((alert) => alert.name === name)?.forMs ?? 0) / MINUTE_MS;
    const expectations = [
      ...(forMinutes === 0 ? [] : [nothing(expr, forMinutes - 1)]),
      { expr, eval_time: `${minute}m`, exp_samples: [{ labels: `{${pairs.join(',')}}`, value: 1 }] },
    ];
    expectAt({ ...AT_REST, ...changes }, minute, expectations, ruleOf(name));
  });

  const misses = Object.entries(RESTING).flatMap(([name, some]) => some.map((one) => [name, one.what, one] as const));

  it.each(misses)('%s does not fire if %s', (name, _what, { changes, minutes }) => {
    const expr = `count_over_time(ALERTS{alertname="${name}",alertstate="firing"}[${minutes}m])`;
    expectAt({ ...AT_REST, ...changes }, minutes, [nothing(expr, minutes)], ruleOf(name));
  });
});
