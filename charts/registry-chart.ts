import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Platform } from '../src/config/load';
import { SchemaProvisioning } from '../src/constructs/schema-provisioning';
import { SchemaRegistry } from '../src/constructs/schema-registry';
import type { RegistryProvider } from '../src/render/registry-provider';
import { subjectsDocument } from '../src/schemas/document';

interface RegistryChartProps {
  readonly provider: RegistryProvider;
  /** Name of the ConfigMap with the configuration. */
  readonly configMap: string;
}

/** The schema registry, and the Job that fills it. */
export class RegistryChart extends Chart {
  /** Name of the ConfigMap with the subjects. */
  readonly subjectsMap: string;

  constructor(scope: Construct, config: Platform, { provider, configMap }: RegistryChartProps) {
    super(scope, 'registry');
    new SchemaRegistry(this, config, { provider, configMap });
    this.subjectsMap = new SchemaProvisioning(this, config, { configMap, subjects: subjectsDocument() }).subjectsMap;
  }
}
