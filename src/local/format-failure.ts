import { DERIVED_PROPERTIES, isDerivedProperty } from '../components/kafka-cluster/properties/derived-properties';
import type { Platform } from '../platform/load';
import { UserError } from '../validation/user-error';

interface Failure {
  /** Everything that the tool printed. */
  readonly output: string;
  readonly nodeId: number;
  /** Directory of the broker. */
  readonly directory: string;
  readonly config: Pick<Platform, 'brokers'>;
}

/** The error for a failed format, without stack frames, with the fix if the cause is known. */
export function formatFailure({ output, nodeId, directory, config }: Failure): UserError {
  const told = output.split('\n').filter((line) => !FRAME.test(line) && !line.startsWith('Bootstrap metadata: '));
  const reason = told.join('\n    ');
  const head = REFUSED.test(output)
    ? `Kafka does not take the configuration of broker ${nodeId}`
    : `The storage of broker ${nodeId} in ${directory} could not be formatted`;
  return new UserError(`${head}:\n    ${reason}`, formatFix(output, { directory, config }));
}

const FRAME = /^\s+at |^\s*\.\.\. \d+ (more|common frames)/;

/** Errors of the properties parser and its checks, which run before the disk is touched. */
const REFUSED = /ConfigException|IllegalArgumentException|Unknown metadata\.version/;

function formatFix(output: string, { directory, config }: Pick<Failure, 'directory' | 'config'>): string | undefined {
  if (/Unknown metadata\.version/.test(output)) {
    return `set brokers.metadataVersion to one of those, or leave it out`;
  }
  if (REFUSED.test(output)) return propertyFix(output, Object.keys(config.brokers.properties));
  if (/No space left|quota exceeded/i.test(output)) return `make room on the disk of ${directory}`;
  if (/insufficient memory|OutOfMemoryError|Could not reserve enough space/i.test(output)) {
    return 'free some memory: formatting needs 128 MiB of heap for each broker';
  }
  if (/ENOENT|EACCES/.test(output)) return 'see that the Java of this message can be run';
  if (/AccessDenied|Permission denied|Read-only|FileSystemException|NoSuchFileException|Not a directory/.test(output)) {
    return `see that ${directory} is a directory that this user can write`;
  }
  return undefined;
}

/** The fix for the property that the message names; the user's own come before derived ones. */
function propertyFix(output: string, given: readonly string[]): string | undefined {
  const words = new Set(output.split(/[^\w.-]+/).map((word) => word.replace(/\.+$/, '')));
  const isNamed = (name: string): boolean => words.has(name);
  const own = given.filter(isNamed);
  if (own.length > 0) return `correct ${own.map((name) => `brokers.properties.${name}`).join(' or ')}, or remove it`;
  const derived = Object.keys(DERIVED_PROPERTIES).filter(isDerivedProperty).filter(isNamed);
  if (derived.length === 0) return undefined;
  return `correct ${[...new Set(derived.map((name) => DERIVED_PROPERTIES[name]))].join(' or ')}`;
}
