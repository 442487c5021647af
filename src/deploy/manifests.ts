import { KAFKA_CLUSTER } from '../components/kafka-cluster/names';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { UserError } from '../validation/user-error';
import { commandLine } from '../validation/command-line';

/** Ending of the file names that synthesis writes. Other files are ignored. */
const ENDING = '.k8s.yaml';

/** An object of the manifests; only fields that are read. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

/** Whether deleting the object in the usual way would stop brokers. */
export const isBrokerSet = ({ kind, metadata }: Pick<ManifestObject, 'kind' | 'metadata'>): boolean =>
  kind === 'StatefulSet' && metadata.labels?.['app.kubernetes.io/component'] === KAFKA_CLUSTER;

/** Manifests that are applied together. */
export interface Manifests {
  readonly directory: string;
  /** Paths in the order in which they are applied. */
  readonly files: readonly string[];
  readonly objects: readonly ManifestObject[];
}

/** Reads the manifests of an environment. @throws {UserError} if there are none */
export function readManifests(directory: string): Manifests {
  const files = filesOf(directory).map((name) => join(directory, name));
  if (files.length === 0)
    throw new UserError(
      `${directory} has no manifests.`,
      `write them: ${commandLine('synth')}; or name their directory with --manifests`,
    );
  const objects = files
    .flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')))
    .map((document) => document.toJS() as ManifestObject | null)
    .filter((object) => object !== null);
  return { directory, files, objects };
}

function filesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith(ENDING))
      .sort();
  } catch (error) {
    if (/^ENO(ENT|TDIR)$/.test((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}
