import type { KubernetesObject } from './kubectl';

/** The fields of Kubernetes objects that are read. Source: the API reference. */

export interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: Terminated;
  };
  readonly lastState?: { readonly terminated?: Terminated };
}

interface Terminated {
  readonly exitCode: number;
  readonly message?: string;
  /** ISO 8601. */
  readonly startedAt?: string;
  /** ISO 8601. */
  readonly finishedAt?: string;
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** What a pod mounts. */
export interface Volumes {
  readonly volumes?: readonly {
    readonly configMap?: ConfigMapReference;
    readonly projected?: { readonly sources?: readonly { readonly configMap?: ConfigMapReference }[] };
  }[];
}

interface ConfigMapReference {
  readonly name: string;
}

export interface Pod extends KubernetesObject {
  readonly spec: Volumes & { readonly nodeName?: string };
  readonly status: {
    readonly phase: string;
    readonly podIP?: string;
    readonly conditions?: readonly Condition[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

/** A Deployment or StatefulSet. */
export interface Workload extends KubernetesObject {
  readonly spec: { readonly replicas: number };
  readonly status: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
  };
}

export interface Claim extends KubernetesObject {
  readonly spec: ClaimSpec;
  readonly status?: {
    readonly capacity?: { readonly storage?: string };
    readonly conditions?: readonly Condition[];
  };
}

export interface ClaimSpec {
  readonly storageClassName?: string;
  readonly resources: { readonly requests: { readonly storage: string } };
}

export interface StorageClass extends KubernetesObject {
  readonly allowVolumeExpansion?: boolean;
}

export interface StatefulSet extends Workload {
  readonly spec: Workload['spec'] & {
    readonly volumeClaimTemplates?: readonly {
      readonly metadata: { readonly name: string };
      readonly spec: ClaimSpec;
    }[];
    /** Of its pods; absent if they begin at 0. */
    readonly ordinals?: { readonly start: number };
  };
  readonly status: Workload['status'] & {
    readonly currentRevision?: string;
    readonly updateRevision?: string;
  };
}

/** A template that a StatefulSet has or had. */
export interface ControllerRevision extends KubernetesObject {
  /** Its number, as `kubectl rollout undo --to-revision` takes it; the newest template has the highest. */
  readonly revision: number;
  readonly data: { readonly spec: { readonly template: { readonly spec: Volumes } } };
}

export interface Job extends KubernetesObject {
  readonly status: { readonly conditions?: readonly Condition[] };
}

export interface Node extends KubernetesObject {
  readonly spec: {
    /** Who made the machine: `kind://docker/kind/kind-worker`, `aws:///…`. */
    readonly providerID?: string;
    readonly unschedulable?: boolean;
    readonly taints?: readonly { readonly key: string; readonly effect: string }[];
  };
  readonly status: {
    readonly conditions?: readonly Condition[];
    readonly images?: readonly { readonly names?: readonly string[] }[];
  };
}

export const conditionOf = (
  { status }: { readonly status: { readonly conditions?: readonly Condition[] } },
  type: string,
): Condition | undefined => status.conditions?.find((condition) => condition.type === type);

export const isTrue = (condition: Condition | undefined): boolean => condition?.status === 'True';
