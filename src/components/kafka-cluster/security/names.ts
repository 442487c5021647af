import type { Naming } from '../../../kubernetes/naming';
import { isBroker, type Node } from '../nodes';

/** Common name of the certificate of a node; that of a user on the client listener never has a capital letter or an equals sign. */
export const nodeCommonName = ({ name }: Pick<Naming, 'name'>, node: Pick<Node, 'pool'>): string =>
  `${name}-${isBroker(node) ? 'broker' : 'controller'}`;

/** Common name of the certificate with which the platform's own programs administer the cluster. */
export const adminCommonName = ({ name }: Pick<Naming, 'name'>): string => `${name}-admin`;

/** `super.users`, by the whole subject of their certificates. */
export const superUsers = ({ name }: Pick<Naming, 'name'>): string =>
  [`${name}-broker`, `${name}-controller`, adminCommonName({ name })].map((one) => `User:CN=${one}`).join(';');
