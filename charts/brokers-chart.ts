import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Platform } from '../src/config/load';
import { Brokers } from '../src/constructs/brokers';

/** The Kafka cluster. */
export class BrokersChart extends Chart {
  readonly brokers: Brokers;

  constructor(scope: Construct, config: Platform) {
    super(scope, 'brokers');
    this.brokers = new Brokers(this, config);
  }
}
