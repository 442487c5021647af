import { Construct } from 'constructs';
import type { ClientPodConfig } from '../../kubernetes/client-pod-config';
import { clientPod } from '../../kubernetes/client-pod';
import { DocumentMaps } from '../../kubernetes/document-maps';
import { SUBJECTS_FILE, platformMount, subjectsMount } from '../../kubernetes/file-mount';
import { documentParts } from '../../kubernetes/document-parts';
import { OWN_APPLICATION, type Identity } from '../../kubernetes/labels';
import type { Naming } from '../../kubernetes/naming';
import { addProvisioningJob } from '../../kubernetes/provisioning-job';

/** Props of the schema Job. */
export interface SchemaProvisioningProps extends ClientPodConfig {
  /** Names of the ConfigMaps with the configuration, as provided by `PlatformConfig`. */
  readonly configMaps: readonly string[];
  /** Subjects and schemas as JSON, made by `subjectsDocument`. */
  readonly subjects: string;
}

const IDENTITY: Identity = { application: OWN_APPLICATION, component: 'schema-provisioning' };

const document = ({ name }: Pick<Naming, 'name'>, text: string) => ({
  name: `${name}-schemas`,
  file: SUBJECTS_FILE,
  text,
});

/** Names of the ConfigMaps with the subjects. @param subjects subjects as JSON */
export const subjectsMaps = (config: Pick<Naming, 'name'>, subjects: string): readonly string[] =>
  documentParts(document(config, subjects)).map(({ name }) => name);

/** The Job that registers the catalogue's schemas, and the ConfigMaps with the schemas. */
export class SchemaProvisioning extends Construct {
  /** Names of the ConfigMaps with the subjects, for pods that mount them. */
  readonly subjectsMaps: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SchemaProvisioningProps,
  ) {
    super(scope, id);
    const maps = new DocumentMaps(this, 'document', {
      platform: props,
      ...IDENTITY,
      ...document(props, props.subjects),
    });
    this.subjectsMaps = maps.configMaps;
    this.addJob();
  }

  private addJob(): void {
    const { name, subjects, configMaps } = this.props;
    addProvisioningJob(this, this.props, {
      ...IDENTITY,
      name: (hash) => `${name}-schemas-${hash}`,
      work: subjects,
      template: clientPod(this.props, {
        ...IDENTITY,
        program: 'provision-schemas',
        files: [platformMount(configMaps), subjectsMount(this.subjectsMaps)],
      }),
    });
  }
}
