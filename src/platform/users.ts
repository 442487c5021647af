import { applicationsOf } from '../components/application/applications';
import { applicationRoles } from '../components/application/roles';
import { userSchema, type User, type UserDefinition } from '../components/users/props';
import { componentsOf } from './components';
import type { Platform } from './load';

/** All users of a platform: those of its components and applications, named like them, and those of the catalogue. */
export function usersOf(config: Platform): readonly User[] {
  const own = componentsOf(config).flatMap(({ name, roles }) =>
    roles === undefined ? [] : [user({ name, roles: [...roles] })],
  );
  const applications = applicationsOf(config).map((application) =>
    user({ name: application.name, roles: [...applicationRoles(application)] }),
  );
  return [...own, ...applications, ...config.users];
}

const user = (definition: UserDefinition): User => userSchema.parse(definition);
