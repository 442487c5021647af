import { z } from 'zod';
import { dnsName, wholeNumber } from '../validation/fields';

const LABEL_KEY = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/;

const labelKey = () =>
  z
    .string()
    .regex(LABEL_KEY, 'this is not a label key')
    .meta({ allowed: 'the key of a label or taint, such as node-pool or example.com/pool' });

const labelValue = () =>
  z.string().regex(LABEL_VALUE, 'this is not a label value').meta({ allowed: 'up to 63 letters, digits, -, _ and .' });

/** A zone, as `topology.kubernetes.io/zone` of nodes names it. */
export const zoneName = () =>
  z
    .string()
    .min(1, 'a zone has a name')
    .regex(LABEL_VALUE, 'this is not the value of a label, which zones are')
    .meta({ allowed: 'the zone of nodes, such as eu-central-1a: 1 to 63 letters, digits, -, _ and .' });

const tolerationSchema = z.strictObject({
  /** Key of the taint. @default every taint, with the operator Exists */
  key: labelKey().optional(),
  /** How key and value are compared with the taint. */
  operator: z.enum(['Equal', 'Exists']).meta({ allowed: 'Equal or Exists' }).default('Equal'),
  /** Value of the taint, with the operator Equal. @default empty */
  value: labelValue().optional(),
  /** Effect of the taint. @default every effect */
  effect: z
    .enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
    .meta({ allowed: 'NoSchedule, PreferNoSchedule or NoExecute' })
    .optional(),
  /**
   * Number of seconds that a pod stays on a node after a taint with the effect NoExecute was added. @default without
   * limit
   */
  tolerationSeconds: wholeNumber({ min: 0, max: 86_400 }).meta({ unit: 's' }).optional(),
});

/** Node selection and priority of pods. */
export const schedulingSchema = z.strictObject({
  /** Name of an existing PriorityClass. @default the cluster's default */
  priorityClassName: dnsName().optional(),
  /** Labels that a node must have. */
  nodeSelector: z.record(labelKey(), labelValue()).default({}),
  /** Taints of nodes that the pods tolerate. */
  tolerations: z.array(tolerationSchema).default([]),
});

/** Node selection, spread and priority of the brokers. */
export const brokerSchedulingSchema = schedulingSchema.extend({
  /**
   * Host anti-affinity among the nodes of the cluster. With `required`, two of them never run on one node of Kubernetes,
   * and a pod without a node of its own stays Pending. With `preferred`, they share a node if there are too few.
   */
  podAntiAffinity: z.enum(['required', 'preferred']).meta({ allowed: 'required or preferred' }).default('required'),
  /**
   * `whenUnsatisfiable` of the spread over zones, in a pool that has no `zone`. `DoNotSchedule` needs nodes with the label
   * `topology.kubernetes.io/zone`; pods stay Pending where no node has it.
   */
  zoneSpread: z
    .enum(['ScheduleAnyway', 'DoNotSchedule'])
    .meta({ allowed: 'ScheduleAnyway or DoNotSchedule' })
    .default('ScheduleAnyway'),
  /**
   * Whether the cluster autoscaler and Karpenter may remove the node of a broker. They wait at most 10 minutes for a
   * pod to stop, and a guard may delay a stop for longer.
   */
  autoscalerMayEvict: z.boolean().meta({ allowed: 'true or false' }).default(false),
});

export type Scheduling = z.output<typeof schedulingSchema>;
export type BrokerScheduling = z.output<typeof brokerSchedulingSchema>;
