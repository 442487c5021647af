import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Platform } from '../src/config/load';
import { NetworkPolicies } from '../src/constructs/network-policies';

/** What may talk to what. */
export class NetworkChart extends Chart {
  constructor(scope: Construct, config: Platform) {
    super(scope, 'network');
    new NetworkPolicies(this, config);
  }
}
