import { brokerNames } from '../../../src/render/names';
import { underLoad } from '../scenario';

/** A native rolling restart of every broker. */
export const rollingRestart = underLoad(
  'rolling restart of all brokers',
  async ({ kubectl, config }) => {
    await kubectl.run(['rollout', 'restart', 'statefulset', brokerNames(config).statefulSet]);
    return `${config.brokers.count} brokers, one after the other`;
  },
  { durationMs: 180_000, longestStallMs: 3_000 },
);
