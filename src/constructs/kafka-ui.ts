import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Platform } from '../config/load';
import { UI_PORT } from '../render/network-flows';
import { kafkaUiEnvironment } from '../render/kafka-ui-environment';
import { workloadNames } from '../render/names';
import { addDeployment } from './deployment';
import { container, pod, scratch } from './pod';
import { addService } from './service';

/** User of the image; its name is not a number, which the kubelet wants. */
const USER = 100;

/** A JVM with Spring, on few cores. */
const STARTUP_SECONDS = 240;
const PERIOD_SECONDS = 5;

/** kafbat's Kafka UI: no login, and so reachable from inside the cluster only, and read-only unless it is set otherwise. */
export class KafkaUi extends Construct {
  constructor(scope: Construct, config: Platform) {
    super(scope, 'kafka-ui');
    const { ui: name } = workloadNames(config);
    const writable = scratch(['/tmp']);
    addDeployment(this, config, {
      component: 'ui',
      name,
      pod: pod({
        user: USER,
        containers: [uiContainer(config, writable.mounts)],
        volumes: writable.volumes,
      }),
    });
    addService(this, config, { component: 'ui', name, ports: { http: UI_PORT } });
  }
}

function uiContainer(config: Platform, volumeMounts: k8s.VolumeMount[]): k8s.Container {
  const health = { httpGet: { path: '/actuator/health', port: k8s.IntOrString.fromString('http') }, timeoutSeconds: 5 };
  return container({
    name: 'kafka-ui',
    image: config.ui.image,
    env: kafkaUiEnvironment(config),
    ports: [{ name: 'http', containerPort: UI_PORT }],
    startupProbe: { ...health, periodSeconds: PERIOD_SECONDS, failureThreshold: STARTUP_SECONDS / PERIOD_SECONDS },
    readinessProbe: { ...health, periodSeconds: PERIOD_SECONDS },
    livenessProbe: { ...health, periodSeconds: 10, failureThreshold: 6 },
    memory: config.ui.memory,
    cpuMillicores: config.ui.cpuMillicores,
    volumeMounts,
  });
}
