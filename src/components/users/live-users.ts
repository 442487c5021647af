import type { Acl } from '../../protocol/acl';
import type { KafkaConnection } from '../../protocol/connection';
import { DESCRIBE_ACLS } from '../../protocol/describe-acls';
import { DESCRIBE_USER_QUOTAS } from '../../protocol/describe-client-quotas';
import { describeScramUsers, type ScramUser } from '../../protocol/describe-scram-users';
import { ask } from '../../protocol/request';
import { batches } from '../topics/live-topics';
import { userOf } from './principal';
import type { UserTarget } from './target';

/** Number of users in one request. */
const BATCH = 250;

/** Number of trial logins at a time. */
const LOGINS = 4;

/** The result of a trial login; `unknown` if there is no password to try. */
export type Login = 'ok' | 'refused' | 'unknown';

/** The users of a cluster, as its brokers report them. */
export interface LiveUsers {
  /** Credentials for SCRAM-SHA-512, by user. */
  readonly scram: ReadonlyMap<string, Pick<ScramUser, 'iterations'>>;
  /** All ACLs of the cluster. */
  readonly acls: readonly Acl[];
  /** Quotas by Kafka's names, by user; without the default of all users. */
  readonly quotas: ReadonlyMap<string, Readonly<Record<string, number>>>;
  /** Trial logins of the users of the catalogue. A user without a credential is refused. */
  readonly logins: ReadonlyMap<string, Login>;
}

/**
 * Reads the ACLs and quotas of all users, and the credentials of the users that have some or are named. Brokers would
 * list all credentials, but an unauthorized request for all is never answered: a user with neither ACLs nor quotas, who
 * may do nothing, is found only by name.
 * @throws {UserError} if no broker answers
 * @throws {KafkaError} if the connection is not authorized, or the cluster has no authorizer
 */
export async function liveUsers(target: UserTarget): Promise<LiveUsers> {
  const { connection, users, allow } = target;
  const [acls, allQuotas] = await Promise.all([ask(connection, DESCRIBE_ACLS), ask(connection, DESCRIBE_USER_QUOTAS)]);
  const quotas = new Map(allQuotas.flatMap(({ user, quotas: own }) => (user === null ? [] : [[user, own] as const])));
  const names = new Set([
    ...users.map(({ name }) => name),
    ...(allow?.removal ?? []),
    ...acls.map(({ principal }) => userOf(principal)).filter((user) => user !== undefined),
    ...quotas.keys(),
  ]);
  const scram = await credentials(connection, [...names]);
  return { scram, acls, quotas, logins: await logins(target, scram) };
}

async function credentials(connection: KafkaConnection, names: readonly string[]): Promise<LiveUsers['scram']> {
  const found = new Map<string, Pick<ScramUser, 'iterations'>>();
  for (const some of batches(names, BATCH)) {
    for (const { user, iterations } of await ask(connection, describeScramUsers(some))) found.set(user, { iterations });
  }
  return found;
}

async function logins(target: UserTarget, scram: LiveUsers['scram']): Promise<LiveUsers['logins']> {
  const { users, login, passwordOf } = target;
  const found = new Map<string, Login>();
  for (const some of batches(users, LOGINS)) {
    await Promise.all(
      some.map(async (user) => {
        const password = await passwordOf(user);
        if (password === undefined || password === '') found.set(user.name, 'unknown');
        else found.set(user.name, scram.has(user.name) ? await login(user.name, password) : 'refused');
      }),
    );
  }
  return found;
}
