import type { RegistrySettings } from './registry-settings';
import { bytes, formatBytes, mebibytes } from '../../validation/units';
import { findingIf, type Rule } from '../../validation/rule';

/**
 * Metaspace, code cache, threads and buffers of a registry. Measured: 290 MiB resident with a half-used heap of 400
 * MiB.
 */
const OVERHEAD = mebibytes(256);

export const registryRules: readonly Rule<RegistrySettings>[] = [
  {
    reads: ['registry.heap', 'registry.memory'],
    check: ({ registry }) => {
      const needed = bytes(registry.heap + OVERHEAD);
      return findingIf(registry.provider !== 'none' && registry.memory < needed, {
        path: ['registry', 'memory'],
        message:
          `a heap of ${formatBytes(registry.heap)} and ${formatBytes(OVERHEAD)} for the rest of the JVM require ` +
          `${formatBytes(needed)}; with ${formatBytes(registry.memory)} the registry would be killed for memory`,
        allowed: `at least ${formatBytes(needed)} for this heap`,
        fix: `raise registry.memory to ${formatBytes(needed)} or lower registry.heap`,
      });
    },
  },
];
