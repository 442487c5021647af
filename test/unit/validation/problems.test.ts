import { inspect } from 'node:util';
import { KubectlError } from '../../../src/deploy/kubectl';
import { ConfigError } from '../../../src/validation/problems';
import { UserError } from '../../../src/validation/user-error';

const problem = { path: 'brokers.replicas', value: 'four-score', message: 'm', allowed: '3', fix: 'write 3' };

describe('an uncaught error for users', () => {
  it.each([
    ['problems', new ConfigError('own.ts', [problem]), 'four-score'],
    ['a refusal of kubectl', new KubectlError('get nodes', 'forbidden'), 'forbidden'],
    ['a sentence', new UserError('no such topic', 'make it'), 'no such topic'],
  ])('is printed by Node.js once: %s', (_, error, text) => {
    expect(inspect(error).split(text)).toHaveLength(2);
    expect(Object.keys(error)).toEqual(['name']);
  });
});

it('a configuration error has its problems as data', () => {
  const { source, problems } = new ConfigError('own.ts', [problem]);
  expect({ source, problems }).toEqual({ source: 'own.ts', problems: [problem] });
});
