import type { Role } from '../users/role-props';
import { consumes, grants, produces, reads, transactional } from '../users/roles';
import type { Application } from './applications';

/**
 * What an application may do as the user of its own name: it writes and reads its topics, as a member of its group and of the groups of
 * its retry topics, also in transactions. It may read what it writes, as a transaction with an unclear outcome is looked up there.
 */
export function applicationRoles({ name, group, reads: read, writes }: Application): readonly Role[] {
  return [
    ...writes.flatMap((topic) => [produces(topic), reads(topic)]),
    ...read.map((topic) => (group === undefined ? reads(topic) : consumes(topic, { group }))),
    ...(group === undefined ? [] : [grants({ resourceType: 'Group', name: `${group}.`, pattern: 'Prefixed' }, 'Read')]),
    transactional(`${group ?? name}.`),
  ];
}
