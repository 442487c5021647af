import { levelText } from './levels';
import { planFeatures } from './plan';
import { readFeatures } from './read-features';
import type { FeatureTarget } from './target';

/** Descriptions of the features whose level differs from the configuration; empty if there are none. */
export async function verifyFeatures({ connection, wanted }: FeatureTarget): Promise<readonly string[]> {
  const steps = planFeatures({ wanted, live: await readFeatures(connection) });
  return steps.flatMap((step) =>
    step.kind === 'change' || step.kind === 'forbidden'
      ? [`${step.feature} is ${levelText(step.feature, step.before)} instead of ${levelText(step.feature, step.after)}`]
      : [],
  );
}
