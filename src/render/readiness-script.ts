import { CONFIG_FILES, type BrokerPodPaths } from './start-script';

/** Seconds that the broker has for its answer. */
const ANSWER_SECONDS = 3;

/**
 * Metadata v6 without topics, as bytes: size, api key 3, version 6, correlation id 1, client id `ready`, an empty
 * list of topics, no auto-creation. Source: Kafka's protocol guide.
 */
const METADATA_REQUEST = [
  '\\x00\\x00\\x00\\x14',
  '\\x00\\x03\\x00\\x06\\x00\\x00\\x00\\x01\\x00\\x05ready',
  '\\x00\\x00\\x00\\x00\\x00',
].join('');

/**
 * Readiness of one broker, asked of itself on its own client port: it answers requests, and it counts itself among the
 * brokers that are registered and not fenced. A port that is open says less: it stays open while the broker is fenced.
 * It needs no other pod to be ready. bash alone, as a JVM for each probe would take seconds of CPU.
 */
export function readinessScript({ config }: Pick<BrokerPodPaths, 'config'>): string {
  return `#!/bin/bash
# Generated: change the configuration, not this file.
set -uo pipefail

not_ready() { echo "not ready: $*"; exit 1; }
property() { sed -n "s/^$1=//p" "\${BROKER_PROPERTIES:-${config}/${CONFIG_FILES.properties('${HOSTNAME}')}}"; }

node_id=$(property node.id)
client=$(property listeners | sed 's/,.*//; s/^.*:\\/\\///')
port=\${client##*:}

exec 3<> "/dev/tcp/127.0.0.1/\${port}" || not_ready "nothing listens on port \${port}"
printf '${METADATA_REQUEST}' >&3
answer() { timeout ${ANSWER_SECONDS} head -c "$1" <&3 | od -An -v -tx1 | tr -d ' \\n'; }
size=$(answer 4)
[[ \${#size} -eq 8 ]] || not_ready "no answer within ${ANSWER_SECONDS} s"
body=$(answer $((16#$size)))
[[ \${#body} -eq $((16#$size * 2)) ]] || not_ready "the answer breaks off"

# Correlation id and throttle time, then the brokers: id, host, port, rack.
at=16
number() { value=$((16#\${body:at:$1})); at=$((at + $1)); }
text() { number 4; ((value == 65535)) || at=$((at + value * 2)); }
number 8
brokers=$value
for ((broker = 0; broker < brokers; broker++)); do
  number 8
  ((value == node_id)) && exit 0
  text
  number 8
  text
done
not_ready "node \${node_id} is fenced or not registered; \${brokers} other brokers are not"
`;
}
