import { urlOf, type Component } from '../component';
import type { Services } from '../../smoke/check';

/** Addresses, in Kubernetes, of the platform's components that the smoke test checks. */
export const kubernetesServices = (components: readonly Component[]): Services =>
  Object.fromEntries(
    components.flatMap(({ name, endpoints, provenAt }) => {
      const endpoint = provenAt === undefined ? undefined : endpoints[provenAt];
      return endpoint === undefined ? [] : [[name, urlOf(endpoint)]];
    }),
  );
