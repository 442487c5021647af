import { environments, type EnvironmentName } from '../../platform/environments';
import { loadConfig } from '../support/environments';
import { topicSchema } from '../../src/components/topics/props';
import { oneOf } from './one-of';
import { Dice } from '../support/dice';
import { PLATFORM_FIELDS, fieldsOf, valueAt, withChange, type Path } from './fields';
import { randomProperty } from './kafka-values';
import { SHAPES } from './shapes';
import { oddText } from './texts';
import { validValue, wrongValue } from './values';

/** A randomly drawn configuration. */
export interface Drawn {
  readonly seed: number;
  readonly input: unknown;
  /** The changes that were made. */
  readonly changes: readonly string[];
}

const TOPIC_FIELDS = fieldsOf(topicSchema);
const NAMES = Object.keys(environments) as EnvironmentName[];

const LOADED = Object.fromEntries(NAMES.map((name) => [name, loadConfig(name)]));

type Change = (dice: Dice, input: unknown) => readonly (readonly [Path, unknown])[];

/**
 * Draws an environment with some changes. The same seed gives the same configuration.
 * @param withProperties whether additional broker properties are drawn
 */
export function drawConfiguration(seed: number, withProperties = true): Drawn {
  const dice = new Dice(seed);
  const base = oneOf(dice, NAMES);
  const wrongs = dice.next() < 0.4 ? dice.between(1, 3) : 0;
  const shapes = SHAPES.filter(() => dice.next() < 0.25);
  const changed = [
    ...shapes.map(({ changes }): Change => changes),
    ...Array.from({ length: dice.between(0, 4) }, (): Change => fieldChange(base, false)),
    ...(withProperties && dice.next() < 0.4 ? [propertiesChange(false)] : []),
    ...(dice.next() < 0.4 ? [topicChange(false)] : []),
    ...Array.from({ length: wrongs }, () => oneOf(dice, withProperties ? [...WRONG, wrongProperties] : WRONG)(base)),
  ];
  const changes: string[] = [base];
  const input = changed.reduce<unknown>((before, change) => {
    const made = change(dice, before);
    changes.push(...made.map(([path]) => path.join('.')));
    return made.reduce((each, [path, value]) => withChange(each, path, value), before);
  }, environments[base]);
  return { seed, input, changes };
}

const fieldChange =
  (base: EnvironmentName, wrong: boolean): Change =>
  (dice) => {
    const { path, schema } = oneOf(dice, PLATFORM_FIELDS);
    const value = wrong ? wrongValue(schema, dice) : validValue(schema, dice, valueAt(LOADED[base], path));
    return [[path, value]];
  };

const propertiesChange =
  (wrong: boolean): Change =>
  (dice) =>
    Array.from({ length: dice.between(1, 3) }, () => {
      const [name, value] = randomProperty(dice, wrong);
      return [['brokers', 'properties', name], value];
    });

const topicChange =
  (wrong: boolean): Change =>
  (dice, input) => {
    const topics = valueAt(input, ['topics']);
    if (!Array.isArray(topics) || topics.length === 0) return [];
    const index = dice.between(0, topics.length - 1);
    const { path, schema } = oneOf(dice, TOPIC_FIELDS);
    const whole: Path = ['topics', index, ...path];
    return [[whole, wrong ? wrongValue(schema, dice) : validValue(schema, dice, valueAt(input, whole))]];
  };

const PARTS = [
  'brokers',
  'guard',
  'runtime',
  'topics',
  'smoke',
  'registry',
  'ui',
  'monitoring',
  'applications',
  'local',
];

/** Replaces a whole part by something else, or adds a setting that does not exist. */
const partChange: Change = (dice) => {
  const part = oneOf(dice, PARTS);
  const odd = oneOf<unknown>(dice, [null, 7, 'x', [], [null], [[]], {}, true, undefined]);
  return dice.pick<readonly (readonly [Path, unknown])[]>([
    [[[part], odd]],
    [[[part, oddText(dice)], 1]],
    [[['__proto__x'], 1]],
  ]);
};

const wrongProperties = (): Change => propertiesChange(true);

const WRONG: readonly ((base: EnvironmentName) => Change)[] = [
  (base) => fieldChange(base, true),
  (base) => fieldChange(base, true),
  () => topicChange(true),
  () => topicChange(true),
  () => partChange,
];
