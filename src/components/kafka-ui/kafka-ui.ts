import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { KafkaUiConfig } from './config';
import { UI_IDENTITY, UI_PORT, uiEndpoint, uiService } from './model';
import { kafkaUiEnvironment } from './environment';
import { urlOf } from '../component';
import { addDeployment } from '../../kubernetes/deployment';
import { container, pod, scratch } from '../../kubernetes/pod';
import { addService } from '../../kubernetes/service';
import { scheduled } from '../../kubernetes/scheduling';

/** User id of the image. The image names its user, but the kubelet requires a number. */
const USER = 100;

/** A JVM with Spring starts slowly on few cores. */
const STARTUP_SECONDS = 240;
const PERIOD_SECONDS = 5;

/** Props of Kafka UI. */
export type KafkaUiProps = KafkaUiConfig;

/**
 * kafbat's Kafka UI. It has no login; therefore it can be reached only from inside the cluster and is read-only by
 * default.
 */
export class KafkaUi extends Construct {
  /** URL, reachable from the whole Kubernetes cluster. */
  readonly url: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: KafkaUiProps,
  ) {
    super(scope, id);
    this.url = urlOf(uiEndpoint(props));
    this.addDeployment();
    addService(this, props, { ...UI_IDENTITY, name: uiService(props), ports: { http: UI_PORT } });
  }

  private addDeployment(): void {
    const writable = scratch(['/tmp']);
    addDeployment(this, this.props, {
      ...UI_IDENTITY,
      name: uiService(this.props),
      pod: pod(this.props, {
        ...scheduled(this.props.scheduling),
        user: USER,
        containers: [this.container(writable.mounts)],
        volumes: writable.volumes,
      }),
    });
  }

  private container(volumeMounts: k8s.VolumeMount[]): k8s.Container {
    const { image, memory, cpuMillicores } = this.props.ui;
    const path = '/actuator/health';
    const health = { httpGet: { path, port: k8s.IntOrString.fromString('http') }, timeoutSeconds: 5 };
    return container({
      name: 'kafka-ui',
      image,
      env: kafkaUiEnvironment(this.props),
      ports: [{ name: 'http', containerPort: UI_PORT }],
      startupProbe: { ...health, periodSeconds: PERIOD_SECONDS, failureThreshold: STARTUP_SECONDS / PERIOD_SECONDS },
      readinessProbe: { ...health, periodSeconds: PERIOD_SECONDS },
      livenessProbe: { ...health, periodSeconds: 10, failureThreshold: 6 },
      memory,
      cpuMillicores,
      volumeMounts,
    });
  }
}
