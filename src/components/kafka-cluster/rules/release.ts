import { IS_INSTALLED } from '../../../validation/command-line';
import type { ClusterSettings } from '../cluster-settings';
import { knownRelease } from '../../../kafka-settings/known-release';
import { KAFKA_RELEASES } from '../../../kafka-settings/releases';
import { findingIf, type Rule } from '../../../validation/rule';

/** Older releases can wedge the quorum on a cold boot (KAFKA-20247). */
const OLDEST_RELEASE = [4, 3] as const;

/** Rules for the Kafka release and its metadata version. */
export const releaseRules: readonly Rule<ClusterSettings>[] = [
  {
    reads: ['brokers.version'],
    check: ({ brokers }) =>
      findingIf(isOlder(brokers.version), {
        path: ['brokers', 'version'],
        message: 'this release can wedge its quorum when all brokers boot at once (KAFKA-20247)',
        allowed: `${OLDEST_RELEASE.join('.')}.0 or newer`,
        fix: 'set brokers.version to 4.3.1',
      }),
  },
  {
    reads: ['brokers.version'],
    check: ({ brokers }) =>
      findingIf(!isOlder(brokers.version) && knownRelease(brokers.version) === undefined, {
        path: ['brokers', 'version'],
        message: 'the settings of this release are not known yet, so none could be checked',
        allowed: `a release of ${Object.keys(KAFKA_RELEASES).join(', ')}`,
        fix: IS_INSTALLED
          ? 'set brokers.version to one of them, or install a release of kafka-platform that has it'
          : `run \`npm run kafka-settings -- ${brokers.version}\` and commit the table that it writes`,
      }),
  },
  {
    reads: ['brokers.version', 'brokers.metadataVersion'],
    check: ({ brokers }) => {
      const levels = knownRelease(brokers.version)?.metadataVersions;
      const newest = levels?.at(-1) ?? '';
      return findingIf(levels !== undefined && !levels.includes(brokers.metadataVersion), {
        path: ['brokers', 'metadataVersion'],
        message: `Kafka ${brokers.version} does not know this feature level, or not for production`,
        allowed: levels?.join(', ') ?? '',
        fix:
          `set brokers.metadataVersion to ${newest}, or to that of the storage, which is older; ` +
          'a newer one needs brokers.version raised on all brokers first',
      });
    },
  },
];

function isOlder(release: string): boolean {
  const [major, minor] = OLDEST_RELEASE;
  const [itsMajor = 0, itsMinor = 0] = release.split('.').map(Number);
  return itsMajor < major || (itsMajor === major && itsMinor < minor);
}
