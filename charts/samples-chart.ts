import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Platform } from '../src/config/load';
import { Sample } from '../src/constructs/sample';
import type { Sample as SampleProgram } from '../src/render/samples';

interface SamplesChartProps {
  readonly samples: readonly SampleProgram[];
  /** Address of the registry, base path included. */
  readonly registry: string;
}

/** The sample applications. */
export class SamplesChart extends Chart {
  constructor(scope: Construct, config: Platform, { samples, registry }: SamplesChartProps) {
    super(scope, 'samples');
    for (const sample of samples) new Sample(this, config, { sample, registry });
  }
}
