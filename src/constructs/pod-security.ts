import type { k8s } from 'cdk8s-plus-27';

/** The user of the official Kafka and Node.js images, as number: the kubelet cannot tell that a name is not root. */
const USER = 1000;

/** Pod level of Kubernetes' restricted security standard. @param user of the image, as number; @default 1000 */
export const restrictedPod = (user = USER): k8s.PodSecurityContext => ({
  runAsNonRoot: true,
  runAsUser: user,
  runAsGroup: user,
  fsGroup: user,
  // A recursive change of owner would take minutes on a full volume at every start.
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
});

/** Container level of the restricted standard, and a root file system that nothing can write to. */
export const restrictedContainer: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};
