import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { mebibytes } from '../config/units';
import { selectorLabels } from '../render/labels';
import { workloadNames } from '../render/names';
import type { RegistryProvider } from '../render/registry-provider';
import { addDeployment } from './deployment';
import { platformMount } from './file-mount';
import { container, pod, scratch } from './pod';
import { runtimeCommand } from './runtime-command';
import { addPodNames, addService } from './service';

/** A registry that has not come up by then never will: it met no broker when it started (Apicurio). */
const STARTUP_SECONDS = 180;

/** Brokers may be away for a while; a registry that stays unready after it has lost them for good. */
const UNREADY_SECONDS = 300;

const PERIOD_SECONDS = 5;

interface SchemaRegistryProps {
  readonly provider: RegistryProvider;
  /** Name of the ConfigMap with the configuration. */
  readonly configMap: string;
}

/** The schema registry. It starts when brokers serve, and starts anew when it does not recover by itself. */
export class SchemaRegistry extends Construct {
  constructor(
    scope: Construct,
    private readonly config: Platform,
    private readonly props: SchemaRegistryProps,
  ) {
    super(scope, 'schema-registry');
    const { registry: name } = workloadNames(config);
    addDeployment(this, config, { component: 'registry', name, replicas: config.registry.replicas, pod: this.pod() });
    addService(this, config, { component: 'registry', name, ports: this.ports() });
    this.addPodNames();
  }

  /** Replicas are scraped one by one. */
  private addPodNames(): void {
    const { metrics } = this.props.provider;
    if (metrics === undefined) return;
    addPodNames(this, this.config, {
      component: 'registry',
      name: workloadNames(this.config).registryPods,
      ports: { metrics: metrics.port },
      selector: selectorLabels(this.config, 'registry'),
    });
  }

  private ports(): Readonly<Record<string, number>> {
    const { port, metrics } = this.props.provider;
    return { api: port, ...(metrics === undefined ? {} : { metrics: metrics.port }) };
  }

  private pod(): k8s.PodSpec {
    const { provider, configMap } = this.props;
    const writable = scratch(provider.writable);
    const platform = platformMount(configMap);
    return pod({
      user: provider.user,
      initContainers: [this.preparation()],
      containers: [this.container(writable.mounts)],
      volumes: [platform.volume, ...writable.volumes],
    });
  }

  private preparation(): k8s.Container {
    const platform = platformMount(this.props.configMap);
    return container({
      name: 'prepare-registry',
      image: this.config.runtime.image,
      command: runtimeCommand('prepare-registry'),
      env: platform.env,
      memory: mebibytes(128),
      cpuMillicores: 10,
      volumeMounts: [platform.mount],
    });
  }

  private container(mounts: k8s.VolumeMount[]): k8s.Container {
    const { provider } = this.props;
    const { memory, cpuMillicores } = this.config.registry;
    const { path, port } = provider.ready;
    const ready = { httpGet: { path, port: k8s.IntOrString.fromNumber(port) }, timeoutSeconds: 5 };
    const address = provider.addressVariable;
    return container({
      name: 'registry',
      image: provider.image,
      env: {
        ...provider.env,
        ...(address === undefined ? {} : { [address]: { fieldRef: { fieldPath: 'status.podIP' } } }),
      },
      ports: Object.entries(this.ports()).map(([name, containerPort]) => ({ name, containerPort })),
      startupProbe: { ...ready, periodSeconds: PERIOD_SECONDS, failureThreshold: STARTUP_SECONDS / PERIOD_SECONDS },
      readinessProbe: { ...ready, periodSeconds: PERIOD_SECONDS },
      livenessProbe: { ...ready, periodSeconds: PERIOD_SECONDS, failureThreshold: UNREADY_SECONDS / PERIOD_SECONDS },
      memory,
      cpuMillicores,
      volumeMounts: mounts,
    });
  }
}
