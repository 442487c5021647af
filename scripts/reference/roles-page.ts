import { aclsOf, type AclBinding } from '../../src/components/users/acls';
import type { Role } from '../../src/components/users/role-props';
import {
  consumes,
  describesAll,
  grants,
  inspectsTransactions,
  produces,
  reads,
  readsAll,
  retries,
  schemaRegistry,
  smokeTests,
  transactional,
} from '../../src/components/users/roles';
import { code, table } from './markdown';

/** One example of each role, as it is written. */
const EXAMPLES: { readonly [Name in Role['role']]: readonly [string, Role] } = {
  produces: ["produces('orders')", produces('orders')],
  reads: ["reads('orders')", reads('orders')],
  consumes: ["consumes('orders', { group: 'billing' })", consumes('orders', { group: 'billing' })],
  transactional: ["transactional('billing.')", transactional('billing.')],
  retries: [
    "retries({ topic: 'orders', group: 'billing', delays: ['5s'] })",
    retries({ topic: 'orders', group: 'billing', delays: ['5s'] }),
  ],
  grants: [
    "grants({ resourceType: 'Topic', name: 'connect-', pattern: 'Prefixed' }, 'Read', 'Write')",
    grants({ resourceType: 'Topic', name: 'connect-', pattern: 'Prefixed' }, 'Read', 'Write'),
  ],
  describesAll: ['describesAll()', describesAll()],
  inspectsTransactions: ['inspectsTransactions()', inspectsTransactions()],
  readsAll: ['readsAll()', readsAll()],
  schemaRegistry: [
    "schemaRegistry(['_schemas'], { groupPrefix: 'schema-registry' })",
    schemaRegistry(['_schemas'], { groupPrefix: 'schema-registry' }),
  ],
  smokeTests: ['smokeTests()', smokeTests()],
};

/** What each role of a user allows. */
export const rolesPage = (): string => `# Roles of users

What a user of \`users\` may do follows from its roles alone; everything else is denied. Components and applications have users of their own names, whose roles
follow from what they are. \`Read\`, \`Write\`, \`Delete\` and \`Alter\` include \`Describe\`; \`AlterConfigs\` includes \`DescribeConfigs\`.

${table([['role', 'ACLs'], ...Object.values(EXAMPLES).map(([text, role]) => [code(text), aclsOf([role]).map(aclText).join(', ')])])}
`;

const aclText = ({ operation, resourceType, name, pattern }: AclBinding): string =>
  `${operation} on ${resourceType} ${code(pattern === 'Prefixed' ? `${name}…` : name)}`;
