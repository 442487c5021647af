import { objectLabels, type Identity } from './labels';
import type { ObjectNaming } from './naming';

/**
 * Metadata of every object of a component. The namespace is that of the platform, because it is also part of the host
 * names that programs connect to. A chart may add its own labels.
 */
export const objectMetadata = (naming: ObjectNaming, identity: Identity, name: string) => ({
  name,
  namespace: naming.namespace,
  labels: objectLabels(naming, identity),
});
