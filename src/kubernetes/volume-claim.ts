import { k8s } from 'cdk8s-plus-27';
import type { Bytes } from '../validation/units';
import { memoryQuantity } from './quantity';

interface VolumeClaimProps {
  readonly metadata: k8s.ObjectMeta;
  readonly size: Bytes;
  /** Storage class of the claim. @default the cluster's default storage class */
  readonly storageClass: string | undefined;
}

/** Template of a claim for a volume that a single pod writes to. */
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
