import type { z } from 'zod';
import { environments, type EnvironmentName } from './environments';
import { ConfigError, type Problem } from './problems';
import { rules } from './rules';
import type { Rule } from './rules/rule';
import { platformSchema, type ParsedPlatform } from './schema';
import { allowedAt } from './schema-words';
import { resolveTopic, type Topic } from './topics';

/** A configuration that holds every rule, with every default applied, frozen throughout. */
export type Platform = Omit<ParsedPlatform, 'topics'> & { readonly topics: readonly Topic[] };

/** The configuration of an environment. @throws {ConfigError} with all of its problems */
export function loadConfig(environment: EnvironmentName): Platform {
  return parseConfig(environments[environment], `src/config/environments/${environment}.ts`);
}

/**
 * Parses and checks a configuration.
 * @param input what differs from the defaults
 * @param source what error messages call the input
 * @throws {ConfigError} with all of its problems
 */
export function parseConfig(input: unknown, source = 'the configuration'): Platform {
  const result = checkedSchema.safeParse(input);
  if (!result.success)
    throw new ConfigError(
      source,
      result.error.issues.flatMap((issue) => toProblems(issue, input)),
    );
  const { topics, ...rest } = result.data;
  return deepFreeze({ ...rest, topics: topics.map((topic) => resolveTopic(topic, rest.brokers)) });
}

type Issue = z.core.$ZodIssue;

/** Rules run even when fields are malformed, except those that read a malformed one: all problems come at once. */
const checkedSchema = platformSchema.superRefine(
  (config, context) => {
    const malformed = context.issues
      .filter(({ code }) => code !== 'unrecognized_keys')
      .map(({ path }) => (path ?? []).join('.'));
    for (const rule of rules.filter((candidate) => canRun(candidate, malformed))) {
      for (const { path, message, allowed, fix } of rule.check(config)) {
        context.addIssue({ code: 'custom', path: [...path], message, params: { allowed, fix } });
      }
    }
  },
  { when: ({ value }) => typeof value === 'object' && value !== null },
);

function canRun(rule: Rule, malformed: readonly string[]): boolean {
  const overlaps = (a: string, b: string): boolean => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
  return !rule.reads.some((read) => malformed.some((path) => overlaps(read, path)));
}

function toProblems(issue: Issue, input: unknown): readonly Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key].join('.'),
      value: valueAt(input, [...issue.path, key]),
      message: 'there is no such setting',
      allowed: allowedAt(platformSchema, issue.path),
      fix: 'correct the name or remove it',
    }));
  }
  const path = issue.path.join('.');
  const allowed = allowedAt(platformSchema, issue.path);
  const own = issue.code === 'custom' ? (issue.params as Pick<Problem, 'allowed' | 'fix'> | undefined) : undefined;
  return [
    {
      path: path === '' ? '(all)' : path,
      value: valueAt(input, issue.path),
      message: issue.message,
      allowed: own?.allowed ?? allowed,
      fix: own?.fix ?? `set ${path} to ${allowed}`,
    },
  ];
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
