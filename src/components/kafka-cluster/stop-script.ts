import type { KafkaClusterConfig } from './config';

/** Last line of the guard's answer; one that ends without it was cut off, and the guard is asked again. */
export const GO = 'go';

/** How often a guard that does not answer is tried again, each second once: it may be starting anew. */
const ATTEMPTS = 15;

/**
 * The broker container's preStop hook: asks the guard and lets the stop proceed when the guard says so. A guard that was
 * started anew meanwhile is told for how long the hook has waited. What the guard says goes to the broker's log, where one
 * looks for why a pod does not stop.
 */
export function stopScript({ guard }: KafkaClusterConfig): string {
  return `#!/bin/bash
# Generated: change the configuration, not this file.
set -uo pipefail

# Containers of the pod share their processes: the first is not the broker.
log="\${BROKER_LOG:-/proc/$(pgrep -o -x java)/fd/1}"
say() { echo "stop-guard: $*" >> "$log"; }

for ((attempt = 1; attempt <= ${ATTEMPTS}; attempt++)); do
  if exec 3<> /dev/tcp/127.0.0.1/${guard.port}; then
    printf 'POST /stop/%s HTTP/1.0\\r\\n\\r\\n' "$SECONDS" >&3
    in_body=
    while IFS= read -r line <&3; do
      if [[ $line == ${GO} ]]; then exit 0; fi
      if [[ -n $in_body ]]; then say "$line"; elif [[ $line == $'\\r' ]]; then in_body=yes; fi
    done
    exec 3>&-
  fi 2> /dev/null
  sleep 1
done
say "the guard does not answer; the node stops unguarded"
`;
}
