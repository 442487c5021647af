import { Construct } from 'constructs';
import { documentParts } from '../../kubernetes/document-parts';
import { PLATFORM_FILE } from '../../kubernetes/file-mount';
import { DocumentMaps } from '../../kubernetes/document-maps';
import { OWN_APPLICATION, type Identity } from '../../kubernetes/labels';
import type { Naming } from '../../kubernetes/naming';

const IDENTITY: Identity = { application: OWN_APPLICATION, component: 'platform' };

/** Props of the ConfigMaps with the configuration. */
export interface PlatformConfigProps {
  /** The whole configuration. It also supplies the names of the objects. */
  readonly config: Naming;
}

/** Name of the ConfigMap, or of the first of several. */
export const platformConfigMap = ({ name }: Pick<Naming, 'name'>): string => `${name}-platform`;

const document = (config: Naming) => ({
  name: platformConfigMap(config),
  file: PLATFORM_FILE,
  text: `${JSON.stringify(config, null, 2)}\n`,
});

/** Names of the ConfigMaps with the configuration. */
export const platformConfigMaps = (config: Naming): readonly string[] =>
  documentParts(document(config)).map(({ name }) => name);

/** The ConfigMaps with the whole configuration, read by programs that work with the cluster. Brokers do not read it. */
export class PlatformConfig extends Construct {
  /** Names of the ConfigMaps, for pods that mount them. */
  readonly configMaps: readonly string[];

  constructor(scope: Construct, id: string, { config }: PlatformConfigProps) {
    super(scope, id);
    const maps = new DocumentMaps(this, 'document', { platform: config, ...IDENTITY, ...document(config) });
    this.configMaps = maps.configMaps;
  }
}
