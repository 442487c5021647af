import type { k8s } from 'cdk8s-plus-27';

/** A file that a program of the runtime image reads. */
export interface FileMount {
  /** Environment variables that tell the program the path of the file. */
  readonly env: Readonly<Record<string, string>>;
  readonly mount: k8s.VolumeMount;
  readonly volume: k8s.Volume;
}

/** File name of the configuration in its ConfigMap. */
export const PLATFORM_FILE = 'platform.json';

/** File name of the subjects in their ConfigMap. */
export const SUBJECTS_FILE = 'subjects.json';

/** Mounts the configuration. @param configMaps names of the ConfigMaps that hold it */
export const platformMount = (configMaps: readonly string[]): FileMount =>
  fileMount({ name: 'platform', configMaps, file: PLATFORM_FILE, variable: 'PLATFORM_CONFIG' });

/** Mounts the subjects and their schemas. @param configMaps names of the ConfigMaps that hold them */
export const subjectsMount = (configMaps: readonly string[]): FileMount =>
  fileMount({ name: 'schemas', configMaps, file: SUBJECTS_FILE, variable: 'PLATFORM_SCHEMAS' });

interface FileMountProps {
  readonly name: string;
  readonly configMaps: readonly string[];
  readonly file: string;
  readonly variable: string;
}

function fileMount({ name, configMaps, file, variable }: FileMountProps): FileMount {
  const mountPath = `/etc/kafka-platform/${name}`;
  return {
    env: { [variable]: `${mountPath}/${file}` },
    mount: { name, mountPath, readOnly: true },
    volume: { name, ...source(configMaps) },
  };
}

/** A projected volume shows several ConfigMaps as one directory and updates all files at the same moment. */
function source(configMaps: readonly string[]): Omit<k8s.Volume, 'name'> {
  const [first, ...others] = configMaps;
  if (others.length === 0) return { configMap: { name: first } };
  return { projected: { sources: configMaps.map((name) => ({ configMap: { name } })) } };
}
