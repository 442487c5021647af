import { ownProperties } from './broker-properties';
import { listenerPorts } from './listener-props';
import { brokerNames } from './names';
import { VOTERS_FILE, formatArguments, voterIds } from './formation/format-arguments';
import { kubernetesLayout } from './kubernetes-layout';
import { directMemory } from './memory';
import { metadataVolumeParts } from './metadata-volume-script';
import type { KafkaClusterConfig } from './config';
import type { NodePool } from './node-pool-props';
import { formatBytes, gibibytes, mebibytes, type Bytes } from '../../validation/units';
import { wholeMebibytes } from '../../kubernetes/quantity';

/** Where a broker's pod finds its files. */
export interface BrokerPodPaths {
  /** Directory of the files that stay as they are for as long as the pod is there. */
  readonly config: string;
  /** Directory of what follows the configuration without a restart. */
  readonly live: string;
  /** A writable directory for what Kafka's launchers insist on creating. */
  readonly scratch: string;
  /** Directory with the jars of the metrics reporter. */
  readonly metricsReporter: string;
}

/** File names in the directories of the configuration. */
export const CONFIG_FILES = {
  start: (pool: Pick<NodePool, 'name'>): string => `start-${pool.name}.sh`,
  metadataVersion: 'metadata-version',
  stop: 'broker-stop.sh',
  guard: 'guard.json',
  log4j2: 'log4j2.properties',
  javaSecurity: 'java.security',
  properties: 'pool.properties',
  brokers: 'brokers.json',
} as const;

/** Source: Kafka's documentation, "Hardware and OS". */
const OPEN_FILES = 100_000;

/** File in the root of a volume that keeps space back. */
export const RESERVE_FILE = 'reserve';

/** Of a volume; together with what the disk budget leaves free, see `USABLE_SHARE`. */
const RESERVE_SHARE = 0.02;

const LARGEST_RESERVE = gibibytes(1);

/** A volume with less than this part of its reserve free is full. */
const FULL_SHARE = 4;

/** Bytes of the file that keeps space back on a volume of this size. */
export const volumeReserve = (size: number): number => Math.min(Math.floor(size * RESERVE_SHARE), LARGEST_RESERVE);

/** How long a start waits for the names of the other voters: a pod without a node has none until it is scheduled. */
const PEER_NAMES_SECONDS = 30;

/** Between two questions of an empty volume to the guard. */
const FORMAT_POLL_SECONDS = 1;

/**
 * The broker container's entry point: refuses a volume of another cluster or node, formats what is not formatted yet,
 * and becomes the JVM, so that java is the container's first process and gets Kubernetes' SIGTERM itself.
 */
export function startScript(
  platform: KafkaClusterConfig,
  pool: NodePool,
  { config, live, scratch, metricsReporter }: BrokerPodPaths,
): string {
  const { brokers, guard } = platform;
  const layout = kubernetesLayout(platform);
  const formats = formatArguments(brokers.clusterId, layout);
  const reserveBytes = volumeReserve(pool.storage.size);
  const metadata = metadataVolumeParts(pool, formats.join);
  return `#!/bin/bash
# Generated: change the configuration, not this file.
set -euo pipefail

readonly cluster_id='${brokers.clusterId}'
readonly properties="${scratch}/kafka.properties"

say() { echo "start-broker: $*"; }
refuse() { say "refusing to start: $*" >&2; exit 1; }
property() { sed -n "s/^$1=//p" "$2"; }

# The ordinals of a node pool's set begin at its first id.
readonly node_id=\${HOSTNAME##*-}
cat - '${config}/${CONFIG_FILES.properties}' > "$properties" << END
${ownProperties(platform, { id: '${node_id}', host: brokerNames(platform).hostOf('${HOSTNAME}'), ports: listenerPorts(brokers.listeners), pool })}END
log_dir=$(property log.dirs "$properties")

# With the space of this file a node starts once more on a volume that is full, and lowered retention can free the rest.
reserve="$(dirname "$log_dir")/${RESERVE_FILE}"
free_bytes() { echo $(($(stat -f -c '%a * %S' "$(dirname "$log_dir")"))); }
if [[ -e $reserve ]] && (($(free_bytes) < ${Math.floor(reserveBytes / FULL_SHARE)})); then
  rm "$reserve"
  say "the volume is full: its reserve of ${formatBytes(reserveBytes)} is given up; lower the retention of topics now, or enlarge the volume"
fi
${metadata.checks}
# A volume that was formatted for another cluster or node holds other data under the same names.
meta="\${${metadata.directory}}/meta.properties"
if [[ -e $meta ]]; then
  found_cluster=$(property cluster.id "$meta")
  found_node=$(property node.id "$meta")
  [[ $found_cluster == "$cluster_id" ]] ||
    refuse "the volume belongs to cluster '\${found_cluster}' and this is cluster '\${cluster_id}'; restore brokers.clusterId, or delete the claim of \${HOSTNAME} if its data may be lost"
  [[ $found_node == "$node_id" ]] ||
    refuse "the volume belongs to node '\${found_node}' and this is node '\${node_id}'; give the pod its own claim back"
fi

# The quorum keeps its voters when the configuration drops some of them, and has no majority then.
readonly voters='${voterIds(layout)}'
voters_file="$(dirname "$${metadata.directory}")/${VOTERS_FILE}"
if [[ -e $meta && -e $voters_file && $(< "$voters_file") != "$voters" ]]; then
  refuse "the quorum was formed with controllers $(< "$voters_file") and the configuration has \${voters}; restore brokers.nodePools: controllers are not added or removed in place"
fi

# A static quorum names its voters in a file that a dynamic one has no voters in.
if grep -qs '"voterId"' "\${${metadata.directory}}/__cluster_metadata-0/quorum-state"; then
  refuse "the quorum of this volume is static (kraft.version 0), as releases before 0.2 formed it; docs/guides/migrate-a-static-quorum.md says what to do"
fi

# The names of peers appear with their pods. A bounded wait keeps a cold boot from its first timeouts; a peer whose
# node is gone must not keep this broker down.
peers=$(property controller.quorum.bootstrap.servers "$properties" | tr ',' '\\n' | sed 's/:[0-9]*$//')
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

# Told, not refused: nodes are set up by others.
maps=$(cat /proc/sys/vm/max_map_count 2> /dev/null || echo ${brokers.maxMapCount})
((maps >= ${brokers.maxMapCount})) ||
  say "vm.max_map_count of this node is \${maps}, and brokers.maxMapCount reckons with ${brokers.maxMapCount}: the broker ends when its segments need more"
files=$(ulimit -n)
[[ $files == unlimited ]] || ((files >= ${OPEN_FILES})) ||
  say "at most \${files} files may be open here; Kafka wants ${OPEN_FILES}: the broker ends when its segments and connections need more"

export LOG_DIR=${scratch}
mkdir -p "$log_dir"${metadata.made}

format() {
  say "formatting the volume: \${1%%=*}"
  /opt/kafka/bin/kafka-storage.sh format --cluster-id="$cluster_id" --config="$properties" \\
    --release-version="$(< ${live}/${CONFIG_FILES.metadataVersion})" "$1"${metadata.formatArguments}
}
# First line of the guard's answer, without the head of HTTP.
ask_guard() {
  exec 3<> /dev/tcp/127.0.0.1/${guard.port} || return
  printf 'GET /format HTTP/1.0\\r\\n\\r\\n' >&3
  sed '1,/^\\r$/d' <&3
  exec 3>&-
}
${metadata.beforeFormat}
# Nothing is formatted on a guess: the guard compares the volumes of all nodes. See docs/concepts/quorum.md.
said=
while [[ ! -e $meta ]]; do
  answer=$(ask_guard 2> /dev/null) || answer='wait: the guard does not answer yet'
  case $answer in
    initial) format '${formats.initial}' ;;
    join) format '${formats.join}' ;;
    *)
      [[ $answer == "$said" ]] || say "the ${metadata.volume} is empty and not formatted yet: \${answer#wait: }"
      said=$answer
      sleep ${FORMAT_POLL_SECONDS}
      ;;
  esac
done
printf '%s\\n' "$voters" > "$voters_file"

if [[ ! -e $reserve ]] && (($(free_bytes) > ${2 * reserveBytes})); then
  fallocate -l ${reserveBytes} "$reserve" || { rm -f "$reserve"; say 'no space is reserved: the file system of the volume cannot'; }
fi

say "starting node \${node_id}"
# For this process alone: a tool that is run beside it must not load the reporter.
export CLASSPATH='${metricsReporter}/*'
export EXTRA_ARGS='-name kafkaServer'
export KAFKA_HEAP_OPTS='${memoryOptions(brokers, pool)}'
${performanceOptions(brokers)}\
export KAFKA_LOG4J_OPTS='-Dlog4j2.configurationFile=${config}/${CONFIG_FILES.log4j2}'
export KAFKA_OPTS='-Djava.security.properties=${config}/${CONFIG_FILES.javaSecurity} -XX:+ExitOnOutOfMemoryError'
exec /opt/kafka/bin/kafka-server-start.sh "$properties"
`;
}

/** Without them Kafka's launcher has its own. */
const performanceOptions = ({ jvmOptions }: KafkaClusterConfig['brokers']): string =>
  jvmOptions === undefined ? '' : `export KAFKA_JVM_PERFORMANCE_OPTS='${jvmOptions.join(' ')}'\n`;

/** The least processors that the JVM reckons with: with one it would collect garbage and compile in turns. */
const LEAST_PROCESSORS = 2;

/** Buffers of a thread that are larger are given back at once, in bytes. */
const LARGEST_KEPT_BUFFER = mebibytes(1);

/**
 * The heap is taken at the start, so that a node that is short of memory shows then and not under load. Without a limit of
 * CPU the JVM would take all processors of the node for its own, and have a thread for each.
 */
function memoryOptions(brokers: KafkaClusterConfig['brokers'], pool: NodePool): string {
  return [
    heapOptions(pool.heap),
    '-XX:+AlwaysPreTouch',
    `-XX:MaxDirectMemorySize=${wholeMebibytes(directMemory(brokers, pool))}m`,
    `-Djdk.nio.maxCachedBufferSize=${LARGEST_KEPT_BUFFER}`,
    `-XX:ActiveProcessorCount=${Math.max(LEAST_PROCESSORS, Math.ceil(pool.cpuMillicores / 1_000))}`,
  ].join(' ');
}

/** A heap of one size: it neither grows nor shrinks. */
export const heapOptions = (heap: Bytes): string => `-Xms${wholeMebibytes(heap)}m ${largestHeap(heap)}`;

/** A heap that grows up to a size. */
export const largestHeap = (heap: number): string => `-Xmx${wholeMebibytes(heap)}m`;
