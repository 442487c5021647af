import { produces } from '../../../src/components/users/roles';
import { itRefuses, type Row } from '../../support/refusals';

const secured = { 'security/mode': 'tls' };
const application = { image: 'billing:1', reads: ['orders'] };

const ROWS: readonly Row[] = [
  [
    'a property that encryption derives',
    { ...secured, 'brokers/properties': { 'authorizer.class.name': 'com.example.Authorizer' } },
    'brokers.properties.authorizer.class.name',
    /derived from security\.mode/,
  ],
  [
    'a property of a listener that encryption derives',
    { ...secured, 'brokers/properties': { 'listener.name.client.ssl.keystore.location': '/elsewhere' } },
    'brokers.properties.listener.name.client.ssl.keystore.location',
    /derived from security\.mode/,
  ],
  ['users of brokers that ask nobody', { users: [{ name: 'billing' }] }, 'security.mode', /everybody do everything/],
  [
    'a user named like an application',
    { ...secured, users: [{ name: 'billing' }], applications: { billing: application } },
    'users.0.name',
    /is the user of the component or application of that name/,
  ],
  [
    'a user named like a component',
    { ...secured, users: [{ name: 'registry' }] },
    'users.0.name',
    /is the user of the component/,
  ],
  [
    'a user of an unknown topic',
    { ...secured, users: [{ name: 'billing', roles: [produces('order')] }] },
    'users.0.roles.0.topic',
    /there is no topic 'order'/,
  ],
  ['another mode', { 'security/mode': 'ssl' }, 'security.mode', /./],
];

itRefuses(ROWS);
