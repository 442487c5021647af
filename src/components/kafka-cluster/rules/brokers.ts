import type { ClusterSettings } from '../cluster-settings';
import { heapOfClients, leastMemory } from '../memory';
import { eachPool } from './each-pool';
import { formatBytes } from '../../../validation/units';
import { findingIf, type Rule } from '../../../validation/rule';

/** Loggers that write whole requests and responses. */
const LOGGERS_OF_REQUESTS = [
  'org.apache.kafka.clients.NetworkClient',
  'kafka.request.logger',
  'kafka.network.RequestChannel',
];

export const brokerRules: readonly Rule<ClusterSettings>[] = [
  {
    reads: ['brokers'],
    check: ({ brokers }) =>
      eachPool(brokers, (path, pool) => {
        const { bytes: needed, arithmetic } = leastMemory(brokers, pool);
        return findingIf(pool.memory < needed, {
          path: [...path, 'memory'],
          message: `the broker may need ${arithmetic}; with ${formatBytes(pool.memory)} it would be killed for memory`,
          allowed: `at least ${formatBytes(needed)} for this heap and these threads`,
          fix: `raise ${path.join('.')}.memory to ${formatBytes(needed)} or lower ${path.join('.')}.heap`,
        });
      }),
  },
  {
    reads: ['brokers'],
    check: ({ brokers: { queuedRequestsMax, socketRequestMax } }) =>
      // A derived value always fits.
      findingIf(queuedRequestsMax !== undefined && queuedRequestsMax < socketRequestMax, {
        path: ['brokers', 'queuedRequestsMax'],
        message: `the largest request, ${formatBytes(socketRequestMax)}, would never fit; Kafka refuses to start`,
        allowed: `at least brokers.socketRequestMax, ${formatBytes(socketRequestMax)}`,
        fix: 'raise brokers.queuedRequestsMax, or leave it out to have it derived from the heap',
      }),
  },
  {
    reads: ['brokers'],
    check: ({ brokers }) =>
      eachPool(brokers, (path, pool) => {
        const { taken, allowed, arithmetic } = heapOfClients(brokers, pool);
        return findingIf(taken > allowed, {
          path: [...path, 'heap'],
          message: `clients alone could take more than half of it, and end the broker: ${arithmetic}`,
          allowed: `at least ${formatBytes(2 * taken)} for these limits`,
          fix: `lower brokers.socketRequestMax, brokers.queuedRequestsMax or brokers.maxConnections, or raise ${path.join('.')}.heap`,
        });
      }),
  },
  {
    reads: ['brokers.loggers'],
    check: ({ brokers }) =>
      Object.entries(brokers.loggers).flatMap(([name, level]) =>
        findingIf(/^(DEBUG|TRACE)$/.test(level) && LOGGERS_OF_REQUESTS.some((one) => covers(name, one)), {
          path: ['brokers', 'loggers', name],
          message: 'it writes the contents of requests into the log, secrets among them (CVE-2026-33558)',
          allowed: 'ERROR, WARN or INFO for this logger; DEBUG or TRACE for one that does not log requests',
          fix: `name a narrower logger, or set brokers.loggers.${name} to INFO`,
        }),
      ),
  },
  {
    reads: ['brokers.image', 'brokers.version'],
    check: ({ brokers }) => {
      const tag = /:(\d+\.\d+\.\d+)[^/]*$/.exec(brokers.image ?? '')?.[1];
      return findingIf(tag !== undefined && tag !== brokers.version, {
        path: ['brokers', 'image'],
        message: `the image says ${tag ?? ''} and brokers.version says ${brokers.version}`,
        allowed: `an image of Kafka ${brokers.version}`,
        fix: 'leave brokers.image out to follow brokers.version, or make them agree',
      });
    },
  },
];

/** A logger's level also applies to the loggers below it. */
const covers = (name: string, logger: string): boolean => name === logger || logger.startsWith(`${name}.`);
