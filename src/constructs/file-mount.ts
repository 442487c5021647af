import type { k8s } from 'cdk8s-plus-27';
import { PLATFORM_FILE } from './platform-config';

/** A file that a program of the runtime image reads. */
export interface FileMount {
  /** Tells the program where it is. */
  readonly env: Readonly<Record<string, string>>;
  readonly mount: k8s.VolumeMount;
  readonly volume: k8s.Volume;
}

/** File of the subjects in their ConfigMap. */
export const SUBJECTS_FILE = 'subjects.json';

/** The configuration. @param configMap its name */
export const platformMount = (configMap: string): FileMount =>
  fileMount({ name: 'platform', configMap, file: PLATFORM_FILE, variable: 'PLATFORM_CONFIG' });

/** The subjects and their schemas. @param configMap its name */
export const subjectsMount = (configMap: string): FileMount =>
  fileMount({ name: 'schemas', configMap, file: SUBJECTS_FILE, variable: 'PLATFORM_SCHEMAS' });

interface FileMountProps {
  readonly name: string;
  readonly configMap: string;
  readonly file: string;
  readonly variable: string;
}

function fileMount({ name, configMap, file, variable }: FileMountProps): FileMount {
  const mountPath = `/etc/kafka-platform/${name}`;
  return {
    env: { [variable]: `${mountPath}/${file}` },
    mount: { name, mountPath, readOnly: true },
    volume: { name, configMap: { name: configMap } },
  };
}
