/** Label of a node that names its zone. */
export const ZONE_LABEL = 'topology.kubernetes.io/zone';
