import type { Runtime } from '../../src/local/prepare';
import type { KubernetesObject } from '../support/manifests';
import { parseDrawn, renderAccepted, type Accepted, type Finding } from './check';
import { drawConfiguration } from './configuration';
import { refusedByKafka } from './kafka';

/** Returns the objects that an API server rejects, as findings about the configurations that they are from. */
export type DryRun = (objects: readonly Rendered[]) => Promise<readonly Finding[]>;

/** An object, and the seed of the configuration that renders it. */
export interface Rendered {
  readonly seed: number;
  readonly object: KubernetesObject;
}

interface FuzzProps {
  readonly runs: number;
  /** Seed of the first configuration; each further one is incremented. */
  readonly seed: number;
  /** Java and Kafka's jar files. @default configurations are not checked with Kafka */
  readonly kafka?: Runtime;
  /** Dry run on an API server. @default none */
  readonly dryRun?: DryRun;
  /** One accepted configuration in this number is rendered, because rendering takes the most time. @default 1 */
  readonly renderOneOf?: number;
  /** Whether additional broker properties are drawn. @default true */
  readonly withProperties?: boolean;
  /** Called periodically with the progress. */
  readonly say?: (line: string) => void;
}

export interface FuzzReport {
  readonly accepted: number;
  readonly refused: number;
  readonly rendered: number;
  /** Number of distinct objects that an API server checked. */
  readonly asked: number;
  readonly findings: readonly Finding[];
}

/** Number of configurations drawn between two checks with Kafka and the API server. */
const BATCH = 2_000;
/** One rendered configuration in this number is rendered again. */
const TWICE_ONE_OF = 8;

/**
 * Draws configurations. Checks accepted ones with Kafka and an API server, and rejected ones by the text of the
 * rejection.
 */
export async function fuzz({
  runs,
  seed,
  kafka,
  dryRun,
  renderOneOf = 1,
  withProperties = true,
  say,
}: FuzzProps): Promise<FuzzReport> {
  const findings: Finding[] = [];
  const asked = new Set<string>();
  const counts = { accepted: 0, refused: 0, rendered: 0 };
  for (let done = 0; done < runs; done += BATCH) {
    const accepted: Accepted[] = [];
    const objects: Rendered[] = [];
    for (let run = done; run < Math.min(runs, done + BATCH); run += 1) {
      const parsed = parseDrawn(drawConfiguration(seed + run, withProperties));
      findings.push(...parsed.findings);
      if (parsed.accepted === undefined) {
        counts.refused += 1;
        continue;
      }
      accepted.push(parsed.accepted);
      counts.accepted += 1;
      if (counts.accepted % renderOneOf !== 0) continue;
      counts.rendered += 1;
      const rendered = renderAccepted(parsed.accepted, counts.rendered % TWICE_ONE_OF === 0);
      findings.push(...rendered.findings);
      if (dryRun === undefined) continue;
      for (const object of rendered.objects) {
        const text = JSON.stringify(object);
        if (asked.has(text)) continue;
        asked.add(text);
        objects.push({ seed: parsed.accepted.seed, object });
      }
    }
    if (kafka !== undefined) findings.push(...(await refusedByKafka(kafka, accepted)));
    if (dryRun !== undefined) findings.push(...(await dryRun(objects)));
    say?.(`${Math.min(runs, done + BATCH)} runs: ${counts.accepted} accepted, ${findings.length} findings`);
  }
  return { ...counts, asked: asked.size, findings };
}

/** Each fault once, with the number of occurrences and some seeds. */
export function findingsText(findings: readonly Finding[]): string {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const text = `${finding.kind}: ${finding.what}`;
    groups.set(text, [...(groups.get(text) ?? []), finding]);
  }
  return [...groups]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([text, own]) => `${own.length} x ${text}\n    seeds ${seedsOf(own)}`)
    .join('\n');
}

const SEEDS_TOLD = 3;
const seedsOf = (findings: readonly Finding[]): string =>
  findings
    .slice(0, SEEDS_TOLD)
    .map(({ seed }) => seed)
    .join(', ');
