import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { bootstrapAddress } from '../render/kubernetes-layout';
import { workloadNames } from '../render/names';
import { CLIENT_LABEL, METRICS_LABEL } from '../render/network-flows';
import { SAMPLE_PATHS, SAMPLE_VARIABLES, sampleEnvironment, type Sample as SampleProgram } from '../render/samples';
import { addDeployment } from './deployment';
import { container, pod } from './pod';
import { runtimeCommand } from './runtime-command';

/** Node's own heap; the rest of the memory is code, and the buffers that records come and go in. */
const HEAP_SHARE = 0.5;

/** Beside the five minutes for which it waits itself for brokers, registry and schemas, it joins its group. */
const STARTUP_SECONDS = 360;
const STARTUP_PERIOD_SECONDS = 2;

/** Between the end of a sample's own time and the kill. */
const GRACE_SECONDS = 5;

interface SampleProps {
  readonly sample: SampleProgram;
  /** Address of the registry, base path included. */
  readonly registry: string;
}

/**
 * One of the sample applications. What it needs may come minutes later than it; one that has waited longer ends, and is
 * started again. Exactly-once ones may overlap in a rollout, as the later one fences the earlier one.
 */
export class Sample extends Construct {
  constructor(
    scope: Construct,
    private readonly config: Platform,
    private readonly props: SampleProps,
  ) {
    super(scope, props.sample.name);
    const { name, replicas } = props.sample;
    addDeployment(this, config, {
      component: name,
      name: workloadNames(config).sample(name),
      replicas,
      podLabels: { ...CLIENT_LABEL, ...METRICS_LABEL },
      // A release that does not come up takes nothing away from the one that works.
      rollout: { maxSurge: 1, maxUnavailable: 0 },
      pod: pod({
        terminationGracePeriodSeconds: Math.ceil(config.samples.shutdownMs / 1_000) + GRACE_SECONDS,
        containers: [this.container()],
      }),
    });
  }

  private container(): k8s.Container {
    const { monitoring, runtime, samples } = this.config;
    const { sample, registry } = this.props;
    return container({
      name: sample.name,
      image: runtime.image,
      command: runtimeCommand(sample.name, { heap: samples.memory * HEAP_SHARE }),
      env: {
        ...sampleEnvironment(sample, {
          bootstrap: [bootstrapAddress(this.config)],
          registry,
          port: monitoring.clientPort,
          shutdownMs: samples.shutdownMs,
        }),
        [SAMPLE_VARIABLES.instance]: { fieldRef: { fieldPath: 'metadata.name' } },
      },
      ports: [{ name: 'metrics', containerPort: monitoring.clientPort }],
      startupProbe: {
        ...probe(SAMPLE_PATHS.ready),
        periodSeconds: STARTUP_PERIOD_SECONDS,
        failureThreshold: STARTUP_SECONDS / STARTUP_PERIOD_SECONDS,
      },
      readinessProbe: { ...probe(SAMPLE_PATHS.ready), periodSeconds: 5 },
      livenessProbe: { ...probe(SAMPLE_PATHS.alive), periodSeconds: 10, failureThreshold: 3 },
      memory: samples.memory,
      cpuMillicores: samples.cpuMillicores,
    });
  }
}

const probe = (path: string) => ({
  httpGet: { path, port: k8s.IntOrString.fromString('metrics') },
  timeoutSeconds: 5,
});
