import { settingOf } from './levels';
import type { FeatureStep } from './plan';

/** Source: `FeatureControlManager.reasonNotSupported`: `Controller 101 only supports versions 7-30`. */
const OF_A_NODE = /\b(broker|controller) ?(\d+) (?:only supports|does not support|has not registered)/i;
const ALLOWED = /only supports versions (\S+?-\d+)/;

/** The plan after the active controller has rejected it: the changes that the message names are forbidden, or all of them. */
export function rejectedSteps(
  steps: readonly FeatureStep[],
  message: string,
  gone: readonly number[],
): readonly FeatureStep[] {
  const changes = steps.filter(({ kind }) => kind === 'change').map(({ feature }) => feature);
  const named = changes.filter((feature) => message.includes(`feature ${feature}`) || message.includes(`${feature} `));
  const rejected = new Set(named.length > 0 ? named : changes);
  return steps.map((step) =>
    step.kind === 'change' && rejected.has(step.feature)
      ? {
          kind: 'forbidden',
          feature: step.feature,
          before: step.before,
          after: step.after,
          reason: `the active controller rejects it: ${message}`,
          allowed:
            ALLOWED.exec(message)?.[1]?.replace('-', ' to ') ?? 'a level that the registration of every node supports',
          fix: fixFor(step.feature, message, gone),
        }
      : step,
  );
}

function fixFor(feature: string, message: string, gone: readonly number[]): string {
  const [, role = '', id = ''] = OF_A_NODE.exec(message) ?? [];
  if (role === '') return `correct ${settingOf(feature)}`;
  const node = `${role.toLowerCase()} ${id}`;
  if (role.toLowerCase() === 'controller' && gone.includes(Number(id))) return wayOut(node);
  return (
    `bring ${node} to the release of the other nodes. If it is gone for good, its registration remains: ` +
    (role.toLowerCase() === 'controller' ? wayOut(node) : `remove it (kafka-cluster.sh unregister --id ${id})`)
  );
}

/** `unregister-controller` is refused below 4.4-IV2. Measured with 4.3.1 and 4.4.0. */
const wayOut = (node: string): string =>
  `start ${node} once more, with the release of the other nodes: it registers again, with the levels of that release. Then ` +
  'apply this plan and stop it. Kafka removes the registration of a controller (kafka-cluster.sh unregister-controller) ' +
  'from metadata version 4.4-IV2 on, and refuses it before';
