import { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { Platform } from '../src/config/load';

/** The namespace, in which Kubernetes admits only pods of its restricted security standard. */
export class NamespaceChart extends Chart {
  constructor(scope: Construct, config: Platform) {
    super(scope, 'namespace');
    new k8s.KubeNamespace(this, 'namespace', {
      metadata: {
        name: config.namespace,
        labels: {
          'app.kubernetes.io/part-of': 'kafka-platform',
          ...Object.fromEntries(
            ['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, 'restricted']),
          ),
        },
      },
    });
  }
}
