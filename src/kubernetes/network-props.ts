import { z } from 'zod';
import { dnsLabel } from '../validation/fields';

/** An IPv4 or IPv6 address block, as NetworkPolicies accept it. */
const addressBlock = () =>
  z.union([z.cidrv4(), z.cidrv6()]).meta({ allowed: 'an address block such as 169.254.20.10/32' });

const dnsSchema = z.strictObject({
  /** Namespace of the DNS pods. */
  namespace: dnsLabel().default('kube-system'),
  /** Labels of the DNS pods. */
  labels: z
    .record(
      z.string().min(1).meta({ allowed: 'the key of a label' }),
      z.string().meta({ allowed: 'the value of a label' }),
    )
    .refine(
      (labels) => Object.keys(labels).length > 0,
      'without labels, access to every pod of the namespace would be allowed',
    )
    .meta({ allowed: 'at least one label' })
    .default({ 'k8s-app': 'kube-dns' }),
  /** Ports of the DNS pods, not of their Service. */
  ports: z
    .array(z.int().min(1).max(65_535).meta({ allowed: 'a port from 1 to 65535' }))
    .min(1)
    .meta({ allowed: 'at least one port' })
    .default([53]),
  /**
   * Address blocks in addition to the pods, such as the address of a node-local DNS cache (`169.254.20.10/32`), which
   * no label selects.
   */
  cidrs: z.array(addressBlock()).default([]),
});

/** Network access that the policies allow in addition to the connections between components. */
export const networkSchema = z.strictObject({
  /** The DNS servers that every pod may query. */
  dns: dnsSchema.prefault({}),
});

/** With every default applied. */
export type NetworkProps = z.output<typeof networkSchema>;
