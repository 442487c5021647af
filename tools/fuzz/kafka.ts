import { kafkaSettings, parseWithKafka } from '../../src/local/parse-with-kafka';
import type { Runtime } from '../../src/local/prepare';
import { kubernetesLayout } from '../../src/components/kafka-cluster/kubernetes-layout';
import type { Accepted, Finding } from './check';

/** Maximum number of texts checked together. */
const AT_ONCE = 1_000;

/** Messages about a user's class, whose jar file is not available here. */
const OWN_CLASS = /\bClass .* (could not|cannot) be found|must implement|is not an instance of/;

/** Accepted configurations that Kafka's own code rejects. */
export async function refusedByKafka(runtime: Runtime, accepted: readonly Accepted[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (let from = 0; from < accepted.length; from += AT_ONCE) {
    const some = accepted.slice(from, from + AT_ONCE);
    const refusals = await parseWithKafka(
      runtime,
      some.map(({ config }) => kafkaSettings(config, kubernetesLayout(config))),
    );
    some.forEach(({ seed }, index) => {
      for (const { topic, reason } of (refusals[index] ?? []).filter((refusal) => !OWN_CLASS.test(refusal.reason)))
        findings.push({ seed, kind: 'kafka', what: topic === undefined ? reason : `a topic: ${reason}` });
    });
  }
  return findings;
}
