import type { Platform } from '../config/load';
import type { Bytes } from '../config/units';
import { wholeMebibytes } from './quantity';

/** Where a broker's pod finds its files. */
export interface BrokerPodPaths {
  /** Directory of the mounted configuration. */
  readonly config: string;
  /** A writable directory for what Kafka's launchers insist on creating. */
  readonly scratch: string;
  /** Directory with the jars of the metrics reporter. */
  readonly metricsReporter: string;
}

/** File names in the configuration directory. */
export const CONFIG_FILES = {
  start: 'start-broker.sh',
  ready: 'broker-ready.sh',
  stop: 'broker-stop.sh',
  guard: 'guard.json',
  log4j2: 'log4j2.properties',
  javaSecurity: 'java.security',
  properties: (pod: string): string => `${pod}.properties`,
} as const;

/** How long a start waits for the names of the other voters: a pod without a node has none until it is scheduled. */
const PEER_NAMES_SECONDS = 30;

/**
 * The broker container's entry point: refuses a volume of another cluster or node, formats what is not formatted yet,
 * and becomes the JVM, so that java is the container's first process and gets Kubernetes' SIGTERM itself.
 */
export function startScript({ brokers }: Platform, { config, scratch, metricsReporter }: BrokerPodPaths): string {
  return `#!/bin/bash
# Generated: change the configuration, not this file.
set -euo pipefail

readonly cluster_id='${brokers.quorum.clusterId}'
readonly metadata_version='${brokers.metadataVersion}'
readonly properties="${config}/\${HOSTNAME}.properties"

say() { echo "start-broker: $*"; }
refuse() { say "refusing to start: $*" >&2; exit 1; }
property() { sed -n "s/^$1=//p" "$2"; }

[[ -r $properties ]] || refuse "\${properties} does not exist; the pods and the configuration disagree about the number of brokers"
node_id=$(property node.id "$properties")
log_dir=$(property log.dirs "$properties")

# A volume that was formatted for another cluster or node holds other data under the same names.
meta="\${log_dir}/meta.properties"
if [[ -e $meta ]]; then
  found_cluster=$(property cluster.id "$meta")
  found_node=$(property node.id "$meta")
  [[ $found_cluster == "$cluster_id" ]] ||
    refuse "the volume belongs to cluster '\${found_cluster}' and this is cluster '\${cluster_id}'; restore brokers.quorum.clusterId, or delete the claim of \${HOSTNAME} if its data may be lost"
  [[ $found_node == "$node_id" ]] ||
    refuse "the volume belongs to node '\${found_node}' and this is node '\${node_id}'; give the pod its own claim back"
fi

# The names of peers appear with their pods. A bounded wait keeps a cold boot from its first timeouts; a peer whose
# node is gone must not keep this broker down.
peers=$(property controller.quorum.voters "$properties" | tr ',' '\\n' | sed 's/^[0-9]*@//; s/:[0-9]*$//')
deadline=$((SECONDS + ${PEER_NAMES_SECONDS}))
for peer in $peers; do
  until getent hosts "$peer" > /dev/null; do
    if ((SECONDS >= deadline)); then
      say "going on although \${peer} has no address yet"
      break
    fi
    ((SECONDS % 5)) || say "waiting for an address of \${peer}"
    sleep 1
  done
done

export LOG_DIR=${scratch}
mkdir -p "$log_dir"
/opt/kafka/bin/kafka-storage.sh format --cluster-id="$cluster_id" --config="$properties" \\
  --release-version="$metadata_version" --ignore-formatted

say "starting broker \${node_id}"
# For this process alone: a tool that is run beside it must not load the reporter.
export CLASSPATH='${metricsReporter}/*'
export EXTRA_ARGS='-name kafkaServer'
export KAFKA_HEAP_OPTS='${heapOptions(brokers.heap)}'
export KAFKA_LOG4J_OPTS='-Dlog4j2.configurationFile=${config}/${CONFIG_FILES.log4j2}'
export KAFKA_OPTS='-Djava.security.properties=${config}/${CONFIG_FILES.javaSecurity} -XX:+ExitOnOutOfMemoryError'
exec /opt/kafka/bin/kafka-server-start.sh "$properties"
`;
}

/** A fixed heap: growth later would find the memory taken by the page cache. */
export const heapOptions = (heap: Bytes): string => `-Xms${wholeMebibytes(heap)}m ${largestHeap(heap)}`;

/** A heap that grows up to a size. */
export const largestHeap = (heap: number): string => `-Xmx${wholeMebibytes(heap)}m`;
