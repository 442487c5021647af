import { k8s } from 'cdk8s-plus-27';
import type { Bytes } from '../config/units';
import { memoryQuantity } from '../render/quantity';

interface VolumeClaimProps {
  readonly metadata: k8s.ObjectMeta;
  readonly size: Bytes;
  /** @default the cluster's default storage class */
  readonly storageClass: string | undefined;
}

/** Template of a claim for a volume that one pod writes to. */
export const volumeClaim = ({
  metadata,
  size,
  storageClass,
}: VolumeClaimProps): k8s.KubePersistentVolumeClaimProps => ({
  metadata,
  spec: {
    accessModes: ['ReadWriteOnce'],
    ...(storageClass === undefined ? {} : { storageClassName: storageClass }),
    resources: { requests: { storage: k8s.Quantity.fromString(memoryQuantity(size)) } },
  },
});
