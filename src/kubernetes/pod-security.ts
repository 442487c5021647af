import type { k8s } from 'cdk8s-plus-27';

/**
 * User of the official Kafka and Node.js images, as a number: the kubelet cannot verify that a user name is not root.
 */
const USER = 1000;

/** Pod-level settings of Kubernetes' restricted security standard. @param user user id of the image; @default 1000 */
export const restrictedPod = (user = USER): k8s.PodSecurityContext => ({
  runAsNonRoot: true,
  runAsUser: user,
  runAsGroup: user,
  fsGroup: user,
  // A recursive change of the owner would take minutes on a full volume at every start.
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
});

/** Container-level settings of the restricted standard, plus a read-only root file system. */
export const restrictedContainer: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};
