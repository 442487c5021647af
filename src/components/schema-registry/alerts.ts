import type { SchemaRegistryConfig } from './config';
import { minutes } from '../../validation/units';
import { COUNT, type Alert, type AlertGroup } from '../../monitoring/alert';
import { look } from '../../monitoring/look';
import { answering } from '../../monitoring/promql';
import { SCHEMA_REGISTRY } from './names';

export function registryAlerts(config: SchemaRegistryConfig): readonly AlertGroup[] {
  const { replicas } = config.registry;
  const alerts = [down(config), ...(replicas === 1 ? [] : [replicaDown(config, replicas)])];
  return [{ group: 'components', alerts }];
}

const down = (config: SchemaRegistryConfig): Alert => ({
  name: 'SchemaRegistryDown',
  expr: `${answering(SCHEMA_REGISTRY)} == 0`,
  forMs: minutes(5),
  severity: 'critical',
  summary: 'The schema registry does not answer',
  description:
    'Running clients continue with their cached schemas; a client that starts or needs a new schema fails. The registry needs ' +
    `brokers: check their alerts first. ${look(config, SCHEMA_REGISTRY)}`,
});

const replicaDown = (config: SchemaRegistryConfig, replicas: number): Alert => ({
  name: 'SchemaRegistryReplicaDown',
  expr: `${answering(SCHEMA_REGISTRY)} < ${replicas}`,
  forMs: minutes(15),
  severity: 'warning',
  summary: `Only ${COUNT} of ${replicas} schema registry instances answer`,
  description: `The other instances serve. ${look(config, SCHEMA_REGISTRY)}`,
});
