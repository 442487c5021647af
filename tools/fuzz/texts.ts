import { oneOf } from './one-of';
import type { Dice } from '../support/dice';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const BASE64URL = `ABCDEFGHIJKLMNOPQRSTUVWXYZ${LETTERS}${DIGITS}-_`;

export const chars = (dice: Dice, alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[dice.between(0, alphabet.length - 1)]).join('');

type Texts = (dice: Dice) => string;

const dnsLabel =
  (longest: number): Texts =>
  (dice) => {
    const length = oneOf(dice, [1, 2, dice.between(1, 20), longest]);
    const inner = chars(dice, `${LETTERS}${DIGITS}-`, Math.max(0, length - 2));
    const own = `${chars(dice, LETTERS, 1)}${inner}${length > 1 ? chars(dice, `${LETTERS}${DIGITS}`, 1) : ''}`;
    // YAML interprets these as other types unless they are quoted.
    return oneOf(dice, [own, own, own, 'null', 'true', 'yes', 'on', 'n']);
  };

const image: Texts = (dice) =>
  oneOf(dice, [
    'registry.example:5000/team/image:1.2.3',
    `registry.example/image@sha256:${chars(dice, `${DIGITS}abcdef`, 64)}`,
    'image:1',
    `a/${chars(dice, LETTERS, dice.between(1, 100))}:${chars(dice, `${LETTERS}${DIGITS}._-`, 20).replace(/^[.-]+/, 'x')}`,
  ]);

const path: Texts = (dice) => oneOf(dice, ['.platform/other', '/tmp/kafka', 'a b', chars(dice, LETTERS, 200), 'ü/ñ']);

const cron: Texts = (dice) => {
  const field = (least: number, most: number): string => {
    const one = dice.between(least, most);
    return oneOf(dice, ['*', String(one), `*/${dice.between(1, most)}`, `${least}-${one}`, `${least},${one}`]);
  };
  return [field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 6)].join(' ');
};

const clusterId: Texts = (dice) => `${chars(dice, LETTERS, 1)}${chars(dice, BASE64URL, 20)}${chars(dice, 'AQgw', 1)}`;

const topicName: Texts = (dice) => {
  const own = chars(dice, `${LETTERS}${DIGITS}._-ABC`, oneOf(dice, [1, dice.between(2, 40), 249]));
  return oneOf(dice, [own, own, own, 'null', '1e3', '-x', '.x', 'x.y_z']);
};

const label: Texts = (dice) => chars(dice, `${LETTERS}${DIGITS}`, dice.between(1, 63));

/** Valid texts by the description of a field's allowed values. */
const BY_WORDS: readonly (readonly [RegExp, Texts])[] = [
  [/a letter first, .* 40 characters/, dnsLabel(40)],
  [/a letter first/, dnsLabel(63)],
  [
    /lower-case letters, digits, dashes and dots/,
    (dice) => oneOf(dice, ['cluster.local', 'fast', '1.2.3', 'a-b.c', 'true']),
  ],
  [/fixed tag/, image],
  [
    /an address without spaces/,
    (dice) =>
      oneOf(dice, ['https://git.example.com/kafka/blob/main/docs/runbooks', 'docs/runbooks', 'http://[::1]:8080/a']),
  ],
  [/a path/, path],
  [/cron schedule/, cron],
  [/base64url/, clusterId],
  [/a release such as/, (dice) => oneOf(dice, ['4.3.1', '4.3.1', '4.3.0'])],
  [/a metadata version/, (dice) => oneOf(dice, ['4.3-IV0', '4.2-IV1', '4.0-IV0', '3.9-IV0'])],
  [
    /name of a feature/,
    (dice) =>
      oneOf(dice, ['transaction.version', 'group.version', 'kraft.version', 'share.version', 'no.such.version']),
  ],
  [
    /regular expression/,
    (dice) => oneOf(dice, ['^a-', 'x', String.raw`\d+$`, '.*', '(a|b)+', '[^-]', '^console-consumer-']),
  ],
  [/a host with a dot or a port/, (dice) => oneOf(dice, ['registry.example.com', 'localhost', 'registry:5000/a/b-c'])],
  [/a-z or 0-9 first and last/, (dice) => oneOf(dice, ['billing', 'orders-api', 'a', 'registry', 'team.billing_1'])],
  [/a delay such as/, (dice) => oneOf(dice, ['5s', '1m', '2h', '0s'])],
  [/the id of a consumer group|the beginning of/, (dice) => oneOf(dice, ['billing', 'billing.', '*', 'ü'])],
  [/the name of a resource/, (dice) => oneOf(dice, ['*', 'kafka-cluster', 'orders', 'or'])],
  [/1 to 249|the name of a topic/, topicName],
  [/key of a label/, (dice) => oneOf(dice, ['node-pool', 'example.com/pool', label(dice)])],
  [/up to 63 letters/, (dice) => oneOf(dice, ['', label(dice)])],
  [/the zone of nodes/, label],
  [/name of a logger/, (dice) => oneOf(dice, ['kafka.controller', 'org.apache.kafka.raft', 'kafka'])],
  [
    /such as -XX:/,
    (dice) => oneOf(dice, ['-XX:+UseZGC', '-Xlog:gc:file=/tmp/gc.log', '-Dname=value', '-XX:TieredStopAtLevel=1']),
  ],
  [/address block/, (dice) => oneOf(dice, ['169.254.20.10/32', '10.0.0.0/8', 'fd00::/64'])],
  [/a label/, label],
];

/** A valid text for a field, by the description of its allowed values. */
export function textFor(allowed: string, dice: Dice): string {
  const texts = BY_WORDS.find(([words]) => words.test(allowed))?.[1];
  if (texts === undefined) throw new Error(`nothing is known that would be ${allowed}: add it here`);
  return texts(dice);
}

/** Texts that break careless readers: invalid names, or code in some language. */
export const oddText: Texts = (dice) =>
  oneOf(dice, [
    '',
    ' ',
    'a b',
    'UPPER',
    'ü',
    '𝄞',
    'a\nb: c',
    'a\tb',
    '\u0000',
    '-a',
    'a-',
    'a..b',
    '${HOME}',
    '$(x)',
    '`x`',
    '{{ .Values.x }}',
    '"quoted"',
    "it's",
    '# comment',
    'a: b',
    'a\\b',
    'x'.repeat(64),
    'x'.repeat(254),
    '7',
    '-1',
    'true',
    '__x',
    '..',
    '* * * * * *',
    '99 * * * *',
    'image:latest',
    'image',
    '(',
    '9223372036854775808',
  ]);
