import { findingIf, type Finding, type Rule } from '../../validation/rule';
import { APPLICATION_VARIABLES, applicationsOf, type Application } from './applications';
import type { ApplicationsSettings } from './applications-settings';

/** Leaves room for the longest platform name and the suffixes of Kubernetes within 63 characters. */
const NAME = /^[a-z]([-a-z0-9]{0,20}[a-z0-9])?$/;

/** Names of the platform's components and local processes, and that of a disruption budget which is no component's. */
export const TAKEN: readonly string[] = [
  ...['broker', 'client', 'controller', 'dashboards', 'lag-exporter', 'network', 'platform', 'prometheus', 'registry'],
  ...['schema-provisioning', 'smoke-test', 'topic-provisioning', 'ui', 'lock', 'status', 'clients', 'tls', 'users'],
];

/** Names of the local brokers' directories. */
const BROKER_NAME = /^broker-\d+$/;

const isTaken = (name: string): boolean => TAKEN.includes(name) || BROKER_NAME.test(name);

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const GIVEN: readonly string[] = Object.values(APPLICATION_VARIABLES);

type Check = (settings: ApplicationsSettings, application: Application) => readonly Finding[];

/** Makes a rule that checks each running application. */
const forEach = (reads: readonly string[], check: Check): Rule<ApplicationsSettings> => ({
  reads: ['applications', ...reads],
  check: (settings) => applicationsOf(settings).flatMap((application) => check(settings, application)),
});

export const applicationRules: readonly Rule<ApplicationsSettings>[] = [
  { reads: ['applications'], check: ({ applications }) => Object.keys(applications).flatMap(unusableName) },
  forEach([], ownVariables),
  forEach(['registry.provider'], neededRegistry),
  forEach(['topics'], existingTopics),
  forEach(['topics'], busyReplicas),
];

const unusableName = (name: string): readonly Finding[] =>
  findingIf(!NAME.test(name) || isTaken(name), {
    path: ['applications', name],
    message: isTaken(name)
      ? `${name} is the name of a component of the platform and of its objects or files`
      : 'its Deployment and its pods are named after it',
    allowed: 'at most 22 lower-case letters, digits and dashes, starting with a letter and not ending with a dash',
    fix: 'give the application another name',
  });

function ownVariables(_: ApplicationsSettings, { name, environment }: Application): readonly Finding[] {
  return Object.keys(environment).flatMap((variable) =>
    findingIf(!VARIABLE.test(variable) || GIVEN.includes(variable), {
      path: ['applications', name, 'environment', variable],
      message: GIVEN.includes(variable)
        ? 'the platform sets this variable itself'
        : 'this is not a valid name of an environment variable',
      allowed: `letters, digits and underscores, not starting with a digit; none of ${GIVEN.join(', ')}`,
      fix: GIVEN.includes(variable) ? `remove ${variable}` : 'give the variable another name',
    }),
  );
}

function neededRegistry({ registry }: ApplicationsSettings, application: Application): readonly Finding[] {
  return findingIf(application.registry && registry.provider === 'none', {
    path: ['applications', application.name, 'registry'],
    message: `${application.name} needs the schema registry, but the configuration has none`,
    allowed: 'false without a registry',
    fix: `leave the application out, or set registry.provider to 'apicurio'`,
  });
}

function existingTopics({ topics }: ApplicationsSettings, application: Application): readonly Finding[] {
  return (['reads', 'writes'] as const).flatMap((list) => {
    const missing = application[list].filter((needed) => !topics.some((topic) => topic.name === needed));
    return findingIf(missing.length > 0, {
      path: ['applications', application.name, list],
      message: `${application.name} ${list} topics that do not exist: ${missing.join(', ')}`,
      allowed: 'names of topics of this configuration',
      fix: `add them to topics, or set applications.${application.name}.replicas to 0`,
    });
  });
}

function busyReplicas(
  { topics }: ApplicationsSettings,
  { name, group, reads, replicas }: Application,
): readonly Finding[] {
  if (group === undefined) return [];
  const partitions = Math.max(
    0,
    ...topics.filter((topic) => reads.includes(topic.name)).map((topic) => topic.partitions),
  );
  // A separate rule reports topics that do not exist.
  return findingIf(partitions > 0 && replicas > partitions, {
    path: ['applications', name, 'replicas'],
    message: `group ${group} shares the ${partitions} partitions of ${reads[0] ?? ''}: ${replicas - partitions} of ${replicas} replicas would have no partition`,
    allowed: `0 to ${partitions}, the partitions that it reads`,
    fix: `set applications.${name}.replicas to ${partitions} at most, or give the topic more partitions`,
  });
}
