import { z } from 'zod';
import { brokerSchedulingSchema, zoneName } from '../../kubernetes/scheduling-props';
import { dnsLabel, dnsName, millicores, size, wholeNumber } from '../../validation/fields';
import { gibibytes, mebibytes } from '../../validation/units';

/** Room for it in names of pods, beside the platform's. */
const MAX_NAME_LENGTH = 12;

const ROLES = ['controller', 'broker'] as const;

const storageSchema = z.strictObject({
  /** Size of the volume claim of each node. */
  size: size({ min: gibibytes(1), max: gibibytes(65_536) }).default(gibibytes(10)),
  /** Storage class of the claims. @default the cluster's default storage class */
  storageClass: dnsName().optional(),
});

/** Nodes that are alike: in Kubernetes one StatefulSet. */
export const nodePoolSchema = z.strictObject({
  /** Name of its StatefulSet after the platform's name; pods have this name and their id. */
  name: dnsLabel(MAX_NAME_LENGTH).default('broker'),
  /** Roles of each node: a voter of the metadata quorum, a broker that keeps topics, or both. */
  roles: z.array(z.enum(ROLES).meta({ allowed: ROLES.join(' or ') })).default([...ROLES]),
  /** `node.id` of its first node; the others follow. It never changes, because ids are part of disks and metadata. */
  firstId: wholeNumber({ min: 0, max: 9_999 }).default(0),
  /** Number of nodes. */
  replicas: wholeNumber({ min: 1, max: 9 }).default(3),
  /** Volume of each node. */
  storage: storageSchema.prefault({}),
  /**
   * Further volume of each node, for the metadata log alone, which is on the volume of `storage` without it. Only nodes with both roles have
   * one, from the beginning: it is neither added to a pool that exists nor removed from it.
   */
  metadataStorage: storageSchema.optional(),
  /** Java heap, initial and maximal. */
  heap: size({ min: mebibytes(256), max: gibibytes(64) }).default(gibibytes(1)),
  /** Memory request and limit of the pod; what the heap leaves is page cache. */
  memory: size({ min: mebibytes(512), max: gibibytes(1_024) }).default(gibibytes(2)),
  /** CPU request; there is no CPU limit. */
  cpuMillicores: millicores({ min: 50, max: 64_000 }).default(500),
  /**
   * Zone in which its pods run: the label `topology.kubernetes.io/zone` of the nodes of Kubernetes, and `broker.rack` of its brokers. It does
   * not change once the pool has volumes, because a volume belongs to a zone. @default any zone, and no rack
   */
  zone: zoneName().optional(),
  /** Nodes of Kubernetes on which its pods run. */
  scheduling: brokerSchedulingSchema.prefault({}),
});

/** Volume claims of a pool, with every default applied. */
export type StorageProps = z.output<typeof storageSchema>;

/** With every default applied. */
export type NodePool = z.output<typeof nodePoolSchema>;
