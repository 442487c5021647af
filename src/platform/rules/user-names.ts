import { applicationsOf } from '../../components/application/applications';
import { TAKEN } from '../../components/application/rules';
import { findingIf, type Rule } from '../../validation/rule';
import type { ParsedPlatform } from '../schema';

export const userNameRules: readonly Rule<ParsedPlatform>[] = [
  {
    reads: ['users', 'applications'],
    check: ({ users, applications }) => {
      const taken = [...TAKEN, ...applicationsOf({ applications }).map(({ name }) => name)];
      return users.flatMap(({ name }, index) =>
        findingIf(taken.includes(name), {
          path: ['users', index, 'name'],
          message: `${name} is the user of the component or application of that name, with the roles that it needs`,
          allowed: 'a name that no component and no application has',
          fix: `rename users.${index}, or give it the roles that are missing there`,
        }),
      );
    },
  },
  {
    reads: ['users', 'security.mode'],
    check: ({ users, security }) =>
      findingIf(users.length > 0 && security.mode === 'none', {
        path: ['security', 'mode'],
        message: 'there are users, and brokers that do not ask who connects let everybody do everything',
        allowed: "'tls' with users, 'none' without",
        fix: "set security.mode to 'tls', or remove the users",
      }),
  },
];
