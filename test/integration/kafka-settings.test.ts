import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { environments } from '../../platform/environments';
import { parseConfig } from '../../src/platform/load';
import { loadConfig } from '../../tools/support/environments';
import type { SettingDefinition } from '../../src/kafka-settings/release';
import { KAFKA_4_3 } from '../../src/kafka-settings/settings-4.3';
import { takes } from '../../src/kafka-settings/value';
import { kafkaClassPath } from '../../src/local/class-path';
import { runJavaSource } from '../../src/processes/java-source';
import { findJdk, hasJavaCompiler } from '../../src/processes/jdk';
import { defineSettings } from '../../src/local/kafka-settings/define-settings';
import { lineOf, releaseFile, releasesFile } from '../../src/local/kafka-settings/settings-source';
import { kafkaSettings, parseWithKafka, type KafkaSettings } from '../../src/local/parse-with-kafka';
import type { Runtime } from '../../src/local/prepare';
import { kubernetesLayout } from '../../src/components/kafka-cluster/kubernetes-layout';
import { problemsOf, withValue } from '../../tools/support/config';
import { Dice } from '../../tools/support/dice';

const TABLES = 'src/kafka-settings';

const jdk = findJdk();
const settingsOf = (name: keyof typeof environments): KafkaSettings => {
  const config = loadConfig(name);
  return kafkaSettings(config, kubernetesLayout(config));
};
const kind = settingsOf('kind');

/** Texts at and beyond the limits of a definition, and of other types. None for classes, which a definition does not list. */
function textsFor({ type, min, max, or, values, rule }: SettingDefinition): readonly string[] {
  if (type === 'class' || rule !== undefined) return [];
  const limits = ['-32768', '2147483647', '9223372036854775807', min, max, or].filter((limit) => limit !== undefined);
  const near = limits
    .filter((limit) => /^-?\d+$/.test(limit))
    .flatMap((limit) => [-1n, 0n, 1n].map((by) => BigInt(limit) + by));
  const words = [
    '',
    ' ',
    'true',
    'TRUE',
    'yes',
    'x',
    'x,y',
    'x, x',
    ',',
    'x,,y',
    '1e3',
    '0.5',
    '.5',
    '5.',
    '-0',
    '+7',
    ' 7\t',
    '\u00a07',
    '0x10',
  ];
  const listed = values ?? [];
  const variants = [
    listed.join(','),
    `${listed[0] ?? 'a'},${listed[0] ?? 'a'}`,
    ...listed.flatMap((value) => [value, value.toUpperCase(), `${value} `]),
  ];
  return [...new Set([...words, ...near.map(String), ...variants])];
}

const SEED = 20_261_129;
const SETS = 400;

const NUMBERS = Object.entries(KAFKA_4_3.broker).filter(([, { type }]) => /^(int|long|short)$/.test(type));

/** One to three properties with numbers of any magnitude, near their default, or equal to another property's default. */
function randomProperties(dice: Dice): Readonly<Record<string, string>> {
  const entries = Array.from({ length: dice.between(1, 3) }, () => {
    const [name, { default: usual = '0' }] = dice.pick(NUMBERS);
    const [, { default: others = '1' }] = dice.pick(NUMBERS);
    const near = [BigInt(usual) / 2n, BigInt(usual) * 2n].map(String);
    return [name, dice.pick([String(10 ** dice.between(0, 9)), usual, ...near, others])] as const;
  });
  return Object.fromEntries(entries);
}

let runtime: Runtime;

beforeAll(async () => {
  runtime = { java: jdk.java, classPath: await kafkaClassPath({ version: loadConfig('local').brokers.version, jdk }) };
});

(hasJavaCompiler(jdk) ? describe : describe.skip)('Kafka’s own code', () => {
  it('has the definitions of the committed tables (else: npm run kafka-settings)', async () => {
    const { version } = loadConfig('local').brokers;
    const file = releaseFile(await defineSettings({ version, ...runtime }));
    expect(readFileSync(join(TABLES, file.name), 'utf8')).toBe(file.text);
    const lines = readdirSync(TABLES).map(lineOf);
    const releases = releasesFile(lines.filter((line) => line !== undefined));
    expect(readFileSync(join(TABLES, releases.name), 'utf8')).toBe(releases.text);
  });

  it('accepts and refuses the same texts for every setting as our own check', async () => {
    const cases = (['broker', 'topic'] as const).flatMap((kind) =>
      Object.entries(KAFKA_4_3[kind]).flatMap(([name, definition]) =>
        textsFor(definition).map((text) => [kind, name, text] as const),
      ),
    );
    const source = 'test/support/CheckKafkaValues.java';
    const kafkas = JSON.parse(await runJavaSource({ ...runtime, source, input: JSON.stringify(cases) })) as boolean[];
    const differences = cases.filter(
      ([kind, name, text], index) => takes(KAFKA_4_3[kind][name] as SettingDefinition, text) !== kafkas[index],
    );
    expect(differences).toEqual([]);
    expect(cases.length).toBeGreaterThan(5_000);
  });

  it(`accepts all sets of broker properties that the rules accept, seed ${SEED}`, async () => {
    const dice = new Dice(SEED);
    const sets = Array.from({ length: SETS }, () => randomProperties(dice));
    const taken = sets.filter((properties) => problemsOf(withValue('brokers/properties', properties)).length === 0);
    const settings = taken.map((properties) => {
      const config = parseConfig(withValue('brokers/properties', properties));
      return kafkaSettings(config, kubernetesLayout(config));
    });
    const refusals = await parseWithKafka(runtime, settings);
    const wrong = taken.map((properties, index) => ({ properties, refused: refusals[index] ?? [] }));
    expect(wrong.filter(({ refused }) => refused.length > 0)).toEqual([]);
    // Neither all nor none, so that the rules are exercised.
    expect(taken.length).toBeGreaterThan(SETS / 20);
    expect(taken.length).toBeLessThan(SETS);
  });

  it('accepts every environment, and explains the refusal of others in its own words, all in one run', async () => {
    const broker = { ...kind, properties: `${kind.properties}log.flush.interval.messages=many\n` };
    const topics = {
      ...kind,
      topics: { good: { 'segment.ms': '1' }, bad: { 'segment.ms': '0' }, odd: { sgment: '1' } },
    };
    const refusals = await parseWithKafka(runtime, [
      settingsOf('local'),
      kind,
      settingsOf('production'),
      broker,
      topics,
    ]);
    expect(refusals.slice(0, 3)).toEqual([[], [], []]);
    expect(refusals[3]).toEqual([{ reason: expect.stringContaining('Not a number of type LONG') as string }]);
    expect(refusals[4]).toEqual([
      { topic: 'bad', reason: 'Invalid value 0 for configuration segment.ms: Value must be at least 1' },
      { topic: 'odd', reason: 'Unknown topic config name: sgment' },
    ]);
  });
});
