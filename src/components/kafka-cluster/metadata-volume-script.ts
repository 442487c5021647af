import type { NodePool } from './node-pool-props';

/** What the start script has besides where the metadata log has a volume of its own. */
export interface MetadataVolumeParts {
  /** Its variable with the directory of the metadata log. */
  readonly directory: 'log_dir' | 'metadata_dir';
  /** What people call the volume with the metadata log. */
  readonly volume: string;
  /** Lines after the one that reads the log directory. */
  readonly checks: string;
  /** Further directories to make. */
  readonly made: string;
  /** Further arguments of the format, which leaves a directory alone that is formatted. */
  readonly formatArguments: string;
  /** Lines before the guard is asked. */
  readonly beforeFormat: string;
}

const ONE_VOLUME: MetadataVolumeParts = {
  directory: 'log_dir',
  volume: 'volume',
  checks: '',
  made: '',
  formatArguments: '',
  beforeFormat: '',
};

/** @param join argument of a format that makes no voter */
export function metadataVolumeParts(
  { metadataStorage }: Pick<NodePool, 'metadataStorage'>,
  join: string,
): MetadataVolumeParts {
  if (metadataStorage === undefined) return ONE_VOLUME;
  return {
    directory: 'metadata_dir',
    volume: 'metadata volume',
    checks: CHECKS,
    made: ' "$metadata_dir"',
    formatArguments: ' --ignore-formatted',
    beforeFormat: `
# The metadata log is intact: the quorum has lost nothing, and no guard has to agree.
if [[ -e $meta && ! -e $data_meta ]]; then
  say "the data volume is empty and not formatted yet; its replicas come from the other brokers"
  format '${join}'
fi
`,
  };
}

const CHECKS = `metadata_dir=$(property metadata.log.dir "$properties")

# One node has written both volumes, and each holds its own.
data_meta="\${log_dir}/meta.properties"
metadata_meta="\${metadata_dir}/meta.properties"
owner() { echo "node '$(property node.id "$1")' of cluster '$(property cluster.id "$1")'"; }
if [[ -e $data_meta && -e $metadata_meta && $(owner "$data_meta") != "$(owner "$metadata_meta")" ]]; then
  refuse "the data volume belongs to $(owner "$data_meta") and the metadata volume to $(owner "$metadata_meta"); give the pod its own claims back"
fi
if [[ -e $data_meta && $(owner "$data_meta") != "node '\${node_id}' of cluster '\${cluster_id}'" ]]; then
  refuse "the data volume belongs to $(owner "$data_meta") and this is node '\${node_id}' of cluster '\${cluster_id}'; give the pod its own claims back, or restore brokers.clusterId"
fi
if [[ -e \${log_dir}/__cluster_metadata-0 ]]; then
  refuse "the data volume holds a metadata log: this pool was formed without metadataStorage; remove it from brokers.nodePools"
fi
`;
