import { ConfigError, type Problem } from '../../../validation/problems';
import type { Naming } from '../../../kubernetes/naming';
import { LISTENERS, nodeListeners, type BrokerNode, type NodeCertificates } from '../layout';
import { LISTENER_NAMES, type ListenerName } from '../listener-props';
import type { SecurityProps } from './props';
import { superUsers } from './names';

interface Protection extends Pick<Naming, 'name'> {
  readonly security: SecurityProps;
}

type Properties = Readonly<Record<string, string | number | boolean>>;

/** A client authenticates again after this time, so that one whose password was changed is out within the hour. */
const SESSION_MS = 60 * 60_000;

const SCRAM = 'SCRAM-SHA-512';

/** The protocol of a listener, as in `listener.security.protocol.map`. */
export function securityProtocol({ mode }: SecurityProps, listener: ListenerName): 'PLAINTEXT' | 'SSL' | 'SASL_SSL' {
  if (mode === 'none') return 'PLAINTEXT';
  return listener === 'client' ? 'SASL_SSL' : 'SSL';
}

/**
 * Properties by which a node serves and dials encrypted listeners, and asks who may do what.
 * @throws {ConfigError} for a node without certificates: so far those of Kubernetes have none
 */
export function securityProperties(config: Protection, node: BrokerNode): Properties {
  const { certificates } = node;
  const { mode } = config.security;
  if (mode === 'none') return {};
  if (certificates === undefined)
    throw new ConfigError('The configuration', [notRendered(mode)], 'nothing was rendered');
  // A node that is only a broker dials the listener of the controllers, and needs its certificate there.
  const internal = new Set<ListenerName>(['controller', ...nodeListeners(node)]);
  internal.delete('client');
  return {
    ...Object.fromEntries([...internal].flatMap((listener) => mutualTls(listener, certificates))),
    ...(nodeListeners(node).includes('client') && scramOverTls(certificates)),
    ...authorization(config),
  };
}

/** Names of all properties that a node of any role gets. */
export function securityPropertyNames(security: SecurityProps): ReadonlySet<string> {
  if (security.mode === 'none') return new Set();
  const listeners = LISTENER_NAMES.filter((name) => name !== 'client');
  const certificates = { internal: '', trusted: '', client: '' };
  return new Set([
    ...listeners.flatMap((listener) => mutualTls(listener, certificates).map(([name]) => name)),
    ...Object.keys(scramOverTls(certificates)),
    ...Object.keys(authorization({ name: '', security })),
  ]);
}

const authorization = (config: Protection): Properties => ({
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': superUsers(config),
  'allow.everyone.if.no.acl.found': false,
});

const mutualTls = (listener: ListenerName, { internal, trusted }: NodeCertificates): (readonly [string, string])[] => {
  const of = (name: string): string => `${prefixOf(listener)}${name}`;
  return [
    [of('ssl.keystore.type'), 'PEM'],
    [of('ssl.keystore.location'), internal],
    [of('ssl.truststore.type'), 'PEM'],
    [of('ssl.truststore.location'), trusted],
    [of('ssl.client.auth'), 'required'],
    [of('ssl.endpoint.identification.algorithm'), 'https'],
  ];
};

function scramOverTls({ client }: NodeCertificates): Properties {
  const prefix = prefixOf('client');
  return {
    [`${prefix}ssl.keystore.type`]: 'PEM',
    [`${prefix}ssl.keystore.location`]: client,
    [`${prefix}sasl.enabled.mechanisms`]: SCRAM,
    [`${prefix}${SCRAM.toLowerCase()}.sasl.jaas.config`]:
      'org.apache.kafka.common.security.scram.ScramLoginModule required;',
    [`${prefix}connections.max.reauth.ms`]: SESSION_MS,
  };
}

const prefixOf = (listener: ListenerName): string => `listener.name.${LISTENERS[listener].toLowerCase()}.`;

const notRendered = (mode: string): Problem => ({
  path: 'security.mode',
  value: mode,
  message: 'manifests of encrypted listeners cannot be rendered yet',
  allowed: "'none' in an environment that is rendered; 'tls' in one of local processes",
  fix: 'set it in the environment local alone',
});
