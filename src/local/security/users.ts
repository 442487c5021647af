import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { applyUsers } from '../../components/users/apply';
import type { Allowances } from '../../components/users/plan';
import type { UserTarget } from '../../components/users/target';
import { trialLogin } from '../../components/users/trial-login';
import type { Platform } from '../../platform/load';
import { usersOf } from '../../platform/users';
import { CLIENT_IDS } from '../../protocol/client-ids';
import { readPassword } from '../../protocol/text-source';
import { adminConnection, clientConnection, type LocalCluster } from './connections';
import { writePrivate } from '../../processes/write-private';

const PASSWORD_BYTES = 24;

interface LocalUsers extends LocalCluster {
  readonly config: Platform;
}

/** The users of a local platform, whose passwords are files of the state directory. */
export function localUserTarget(cluster: LocalUsers, allow?: Allowances): UserTarget {
  const { config, directory } = cluster;
  return {
    connection: adminConnection(cluster, CLIENT_IDS.users),
    users: usersOf(config),
    login: trialLogin(clientConnection(cluster, CLIENT_IDS.users)),
    passwordPlace: ({ name }) => `the file ${directory.password(name)}`,
    passwordOf: ({ name }) => {
      const file = directory.password(name);
      return Promise.resolve(existsSync(file) ? readPassword({ file }, name) : undefined);
    },
    ...(allow && { allow }),
  };
}

/** Makes the passwords that are missing, and applies all users. */
export async function applyLocalUsers(cluster: LocalUsers, onProgress: (text: string) => void): Promise<void> {
  const { directory } = cluster;
  const target = localUserTarget(cluster);
  for (const { name } of target.users) makePassword(directory.password(name));
  const { summary } = await applyUsers({ ...target, onProgress });
  onProgress(summary);
}

function makePassword(file: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8').trim() !== '') return;
  writePrivate(file, `${randomBytes(PASSWORD_BYTES).toString('base64url')}\n`);
}
