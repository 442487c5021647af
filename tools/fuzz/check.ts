import { appOf } from '../support/rendering';
import { parseConfig, type Platform } from '../../src/platform/load';
import { ConfigError, type Problem } from '../../src/validation/problems';
import type { KubernetesObject } from '../support/manifests';
import type { Drawn } from './configuration';

/** A fault that a drawn configuration revealed. The text is the same for the same fault. */
export interface Finding {
  readonly seed: number;
  readonly kind: 'exception' | 'refusal' | 'bytes' | 'kafka' | 'api server';
  readonly what: string;
}

/** An accepted configuration. */
export interface Accepted {
  readonly seed: number;
  readonly config: Platform;
}

/**
 * Parses and checks a configuration like `synth`. @returns the configuration if it is accepted, and faults of the
 * rejection otherwise
 */
export function parseDrawn({ seed, input }: Drawn): {
  readonly accepted?: Accepted;
  readonly findings: readonly Finding[];
} {
  try {
    return { accepted: { seed, config: parseConfig(input) }, findings: [] };
  } catch (error) {
    if (!(error instanceof ConfigError)) return { findings: [{ seed, kind: 'exception', what: stackOf(error) }] };
    const findings = error.problems.flatMap((problem) => unclear(problem, error.message));
    return { findings: findings.map((what) => ({ seed, kind: 'refusal', what })) };
  }
}

/** Renders an accepted configuration, twice if requested. @returns the objects; undefined if it cannot be rendered */
export function renderAccepted(
  { seed, config }: Accepted,
  twice: boolean,
): { readonly objects: readonly KubernetesObject[]; readonly findings: readonly Finding[] } {
  try {
    const objects = objectsOf(config);
    const isStable = !twice || JSON.stringify(objects) === JSON.stringify(objectsOf(config));
    return { objects, findings: isStable ? [] : [{ seed, kind: 'bytes', what: 'rendered again, it differs' }] };
  } catch (error) {
    return { objects: [], findings: [{ seed, kind: 'exception', what: stackOf(error) }] };
  }
}

const objectsOf = (config: Platform): readonly KubernetesObject[] =>
  appOf(config, '.').charts.flatMap((chart) => chart.toJson() as KubernetesObject[]);

/** Results of templates with missing values. */
const LEFT_OVER = /\bundefined\b|\[object|\bNaN\b/;
/** How the schema describes the received value. */
const RECEIVED = /, received \w+$/;

/** What is missing in a rejection: place, value, allowed values, or fix. */
function unclear({ path, place, message, allowed, fix }: Problem, text: string): readonly string[] {
  const line = place ?? path;
  const lacks = [
    [path === '', 'its path'],
    [!text.includes(`\n  ${line} = `), 'its value'],
    [message.trim() === '', 'what is wrong'],
    [allowed.trim() === '' || !text.includes(`allowed: ${allowed}`), 'what is allowed'],
    [fix.trim() === '' || !text.includes(`fix:     ${fix}`), 'a fix'],
    [LEFT_OVER.test(`${message.replace(RECEIVED, '')}\n${allowed}\n${fix}`), 'words in place of what code left there'],
    [/\btopics\.\d+/.test(line) && place !== undefined, 'the name of the topic'],
  ] as const;
  return lacks
    .filter(([isLacking]) => isLacking)
    .map(([, what]) => `the refusal of ${generic(path)} lacks ${what}: ${message}`);
}

/** The path without parts that differ between runs. */
const generic = (path: string): string => path.replace(/\.\d+/g, '.<n>');

const FRAMES = 4;

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return (error.stack ?? error.message).split('\n', FRAMES + 1).join('\n');
}
