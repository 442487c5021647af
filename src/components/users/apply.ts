import type { AclRefusal, Acl } from '../../protocol/acl';
import { alterClientQuotas, type UserQuotasChange } from '../../protocol/alter-client-quotas';
import { alterScramUsers, type NewScramUser, type ScramUsersChange } from '../../protocol/alter-scram-users';
import type { KafkaConnection } from '../../protocol/connection';
import { createAcls } from '../../protocol/create-acls';
import { deleteAcls } from '../../protocol/delete-acls';
import { ask, type Request } from '../../protocol/request';
import { newScramCredential } from '../../protocol/scram';
import type { UserRefusal } from '../../protocol/user-refusal';
import { UserError } from '../../validation/user-error';
import { batches } from '../topics/live-topics';
import { aclText } from './acl-text';
import { changesOf } from './changes';
import { countUserSteps, formatUserPlan } from './format-plan';
import type { UserStep } from './plan';
import { principalOf } from './principal';
import type { User } from './props';
import { readUserPlan } from './read-plan';
import type { UserTarget } from './target';
import { verification } from './verify';

/** Number of users or ACLs in one request; the controller refuses changes of 10,000. */
const BATCH = 100;

/** Milliseconds that the client waits for the controller. */
const TIMING = { timeoutMs: 40_000 } as const;

const VERIFY_MS = 60_000;

interface ApplyProps extends UserTarget {
  /** Receives progress messages. */
  readonly onProgress?: (text: string) => void;
}

/**
 * Applies the plan to the cluster and verifies the result. A second call changes nothing. Nothing is taken away while
 * something could not be given, so that a right that moves to another ACL is never missing.
 * @throws {UserError} before the first change if a step is forbidden; with all rejections if the brokers reject
 * something; after the last change if the cluster still differs
 */
export async function applyUsers(
  props: ApplyProps,
): Promise<{ readonly steps: readonly UserStep[]; readonly summary: string }> {
  const steps = await readUserPlan(props);
  if (steps.some(({ kind }) => kind === 'forbidden')) {
    throw new UserError(
      `The plan contains forbidden changes; nothing was changed.\n${formatUserPlan(steps)}`,
      'see the reason of each of these steps',
    );
  }
  const note = props.onProgress ?? (() => undefined);
  const changes = changesOf(steps);
  const { connection } = props;
  note('granting');
  requireTaken([
    ...(await inBatches(changes.grant, (acls) => sendAcls(connection, acls, createAcls))),
    ...(await inBatches(changes.quotas, (quotas) => sendQuotas(connection, quotas))),
    ...(await inBatches(changes.credentials, (users) => setCredentials(props, users))),
  ]);
  note('revoking');
  requireTaken([
    ...(await inBatches(changes.revoke, (acls) => sendAcls(connection, acls, deleteAcls))),
    ...(await inBatches(changes.removed, (remove) => sendScram(connection, { set: [], remove }))),
    ...(await inBatches(changes.removedQuotas, (quotas) => sendQuotas(connection, quotas))),
  ]);
  note('verifying');
  await requireAgreement(props);
  return { steps, summary: countUserSteps(steps) };
}

async function inBatches<T>(
  items: readonly T[],
  send: (some: readonly T[]) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const refusals: string[] = [];
  for (const some of batches(items, BATCH)) refusals.push(...(await send(some)));
  return refusals;
}

async function sendAcls(
  connection: KafkaConnection,
  acls: readonly Acl[],
  request: (acls: readonly Acl[]) => Request<readonly AclRefusal[]>,
): Promise<readonly string[]> {
  const refusals = await ask(connection, request(acls), TIMING);
  return refusals.map(({ acl, message }) => `${acl.principal}: ${aclText(acl)}: ${message}`);
}

const sendQuotas = async (
  connection: KafkaConnection,
  quotas: readonly UserQuotasChange[],
): Promise<readonly string[]> =>
  (await ask(connection, alterClientQuotas(quotas), TIMING)).map((refusal) => refusalText(refusal, 'quotas'));

const sendScram = async (connection: KafkaConnection, change: ScramUsersChange): Promise<readonly string[]> =>
  (await ask(connection, alterScramUsers(change), TIMING)).map((refusal) => refusalText(refusal, 'password'));

const refusalText = ({ user, message }: UserRefusal, what: string): string =>
  `${principalOf(user)}: ${what}: ${message}`;

/** A password may be gone since the plan. */
async function setCredentials(
  { connection, passwordOf, passwordPlace }: UserTarget,
  users: readonly User[],
): Promise<readonly string[]> {
  const set: NewScramUser[] = [];
  const missing: string[] = [];
  for (const user of users) {
    const password = (await passwordOf(user)) ?? '';
    if (password === '') missing.push(`${principalOf(user.name)}: password: ${passwordPlace(user)} has none any more`);
    else set.push({ user: user.name, ...(await newScramCredential(password)) });
  }
  return set.length === 0 ? missing : [...missing, ...(await sendScram(connection, { set, remove: [] }))];
}

/** @throws {UserError} with the reason of each rejection */
function requireTaken(refusals: readonly string[]): void {
  if (refusals.length === 0) return;
  throw new UserError(
    `The brokers reject parts of the plan; the others may have been applied:\n  ${refusals.join('\n  ')}`,
    'correct what the brokers name, then apply again',
  );
}

async function requireAgreement(target: UserTarget): Promise<void> {
  const { differences } = await verification(target, VERIFY_MS);
  if (differences.length === 0) return;
  throw new UserError(
    `The users still differ from the plan:\n  ${differences.slice(0, 20).join('\n  ')}`,
    'check whether somebody else changes them, then plan again',
  );
}
