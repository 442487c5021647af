import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { ObjectNaming } from './naming';
import { documentParts } from './document-parts';
import type { Identity } from './labels';
import { objectMetadata } from './object-metadata';

/** Props of the ConfigMaps that hold a document. */
export interface DocumentMapsProps extends Identity {
  /** The platform that supplies names, namespace and labels of the objects. */
  readonly platform: ObjectNaming;
  /** Name of the ConfigMap, or of the first one. */
  readonly name: string;
  /** File name of the document in the directory where it is mounted. */
  readonly file: string;
  /** Text of the whole document. */
  readonly text: string;
}

/** A document in one ConfigMap, or in several if it does not fit into one. */
export class DocumentMaps extends Construct {
  /** Names of the ConfigMaps, to be mounted together. */
  readonly configMaps: readonly string[];

  constructor(scope: Construct, id: string, { platform, name, file, text, ...identity }: DocumentMapsProps) {
    super(scope, id);
    const parts = documentParts({ name, file, text });
    this.configMaps = parts.map((part) => part.name);
    for (const part of parts) {
      const metadata = objectMetadata(platform, identity, part.name);
      new k8s.KubeConfigMap(this, part.name, { metadata, data: { ...part.data } });
    }
  }
}
