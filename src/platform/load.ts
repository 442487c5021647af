import type { z } from 'zod';
import { ConfigError, type Problem } from '../validation/problems';
import { rules } from './rules/rules';
import type { Rule } from '../validation/rule';
import { platformSchema, type ParsedPlatform } from './schema';
import { allowedAt, namesAt, unitAt } from '../validation/schema-words';
import { withoutInherited } from '../components/topics/derived-topics';
import { placed, topicsOf, type TopicCatalogue } from '../components/topics/topic-place';
import { resolveTopics, type Topic } from '../components/topics/topic';
import { unknownSetting } from '../components/kafka-cluster/properties/unknown-setting';

/** A configuration that satisfies every rule, with all defaults applied, deeply frozen. */
export type Platform = Omit<ParsedPlatform, 'topics'> & {
  /** The topics with the brokers' defaults applied. */
  readonly topics: readonly Topic[];
};

/**
 * Parses and checks a configuration.
 * @param input the settings that differ from the defaults
 * @param source name of the input in error messages
 * @param catalogues topic catalogues in separate files, which error messages name. @default none
 * @throws {ConfigError} with all problems
 */
export function parseConfig(
  input: unknown,
  source = 'the configuration',
  catalogues: readonly TopicCatalogue[] = [],
): Platform {
  const result = checkedSchema.safeParse(input);
  if (!result.success)
    throw new ConfigError(
      source,
      withoutInherited(
        result.error.issues.flatMap((issue) => toProblems(issue, input)),
        topicsOf(input),
      ).map((problem) => placed(problem, input, catalogues)),
    );
  const { topics, ...rest } = result.data;
  return deepFreeze({ ...rest, topics: resolveTopics({ ...rest, topics }) });
}

type Issue = z.core.$ZodIssue;

/**
 * Rules run even if some fields are malformed, except rules that read a malformed field. All problems are reported at
 * once.
 */
const checkedSchema = platformSchema.superRefine(
  (config, context) => {
    const malformed = context.issues
      .filter(({ code }) => code !== 'unrecognized_keys')
      .map(({ path }) => (path ?? []).join('.'));
    for (const rule of rules.filter((candidate) => canRun(candidate, malformed))) {
      for (const { path, message, allowed, fix, inForce = valueAt(config, path) } of rule.check(config)) {
        context.addIssue({ code: 'custom', path: [...path], message, params: { allowed, fix, inForce } });
      }
    }
  },
  { when: ({ value }) => typeof value === 'object' && value !== null },
);

const canRun = (rule: Rule<ParsedPlatform>, malformed: readonly string[]): boolean =>
  !rule.reads.some((read) => malformed.some((path) => overlaps(read.split('.'), path.split('.'))));

/** Whether the paths are equal or one contains the other; `*` matches any segment. */
const overlaps = ([read, ...reads]: readonly string[], [part, ...parts]: readonly string[]): boolean =>
  read === undefined || part === undefined || ((read === '*' || read === part) && overlaps(reads, parts));

/** What a rule says. */
type OwnWords = Pick<Problem, 'allowed' | 'fix'> & { readonly inForce: unknown };

function toProblems(issue: Issue, input: unknown): readonly Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key].join('.'),
      value: valueAt(input, [...issue.path, key]),
      allowed: allowedAt(platformSchema, issue.path),
      ...unknownSetting(key, issue.path, namesAt(platformSchema, issue.path)),
    }));
  }
  const path = issue.path.join('.');
  const allowed = allowedAt(platformSchema, issue.path);
  const own = issue.code === 'custom' ? (issue.params as OwnWords | undefined) : undefined;
  const written = valueAt(input, issue.path);
  const isDefault = written === undefined && own?.inForce !== undefined;
  const unit = unitAt(platformSchema, issue.path);
  return [
    {
      path: path === '' ? '(all)' : path,
      value: isDefault ? own.inForce : written,
      ...(unit !== undefined && { unit }),
      ...(isDefault && { isDefault }),
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
