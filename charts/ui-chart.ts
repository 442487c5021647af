import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Platform } from '../src/config/load';
import { KafkaUi } from '../src/constructs/kafka-ui';

/** The web interface. */
export class UiChart extends Chart {
  constructor(scope: Construct, config: Platform) {
    super(scope, 'ui');
    new KafkaUi(this, config);
  }
}
