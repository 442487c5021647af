import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { namespaceMetadata } from './namespace';

/** Props of the namespace. */
export interface PlatformNamespaceProps {
  /** Name of the namespace. */
  readonly namespace: string;
}

/**
 * The namespace of a platform. Namespaces are not namespaced; this class removes the namespace that cdk8s would add
 * from the chart.
 */
export class PlatformNamespace extends k8s.KubeNamespace {
  constructor(scope: Construct, id: string, props: PlatformNamespaceProps) {
    super(scope, id, { metadata: namespaceMetadata(props) });
  }

  override toJson(): unknown {
    const { metadata, ...rest } = super.toJson() as { readonly metadata: Readonly<Record<string, unknown>> };
    const ownMetadata = Object.entries(metadata).filter(([name]) => name !== 'namespace');
    return { ...rest, metadata: Object.fromEntries(ownMetadata) };
  }
}
