import { readConfigPlan, type ConfigTarget } from './read-plan';

/** Descriptions of all settings that differ from the configuration; empty if there are none. */
export async function verifyConfig(target: ConfigTarget): Promise<readonly string[]> {
  const steps = await readConfigPlan(target);
  return steps.flatMap((step) => {
    switch (step.kind) {
      case 'change':
      case 'forbidden':
        return [`${step.setting} is ${step.before} (set at run time for all brokers) instead of ${step.after}`];
      case 'differing':
        return [`${step.setting} is ${step.before} instead of ${step.after}: ${step.where}; ${step.fix}`];
      case 'unchanged':
      case 'unmanaged':
        return [];
    }
  });
}
