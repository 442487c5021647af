import type { FeatureRange } from '../../../protocol/node-features';
import { nearestName, nearestWords } from '../../../validation/nearest-name';
import { METADATA_VERSION, canBeLowered, levelText, rangeText, settingOf } from './levels';

/** What a broker or a controller that answered supports. */
export interface LiveNode {
  /** `broker 0`, `controller 101`. */
  readonly name: string;
  readonly supported: Readonly<Record<string, FeatureRange>>;
}

/** The features of a running cluster. */
export interface LiveFeatures {
  /** Levels in use by feature; features at level 0 may be left out. */
  readonly finalized: Readonly<Record<string, number>>;
  readonly nodes: readonly LiveNode[];
}

/** The levels of a configuration, and what they are compared with. */
export interface FeaturePlanInput {
  /** Levels by feature. Other features are left alone. */
  readonly wanted: Readonly<Record<string, number>>;
  readonly live: LiveFeatures;
}

/** The planned change of one feature. */
export type FeatureStep =
  | {
      readonly kind: 'change';
      readonly feature: string;
      readonly before: number;
      readonly after: number;
      /** Why the change cannot be undone; undefined if it can. */
      readonly irreversible?: string;
    }
  | {
      readonly kind: 'forbidden';
      readonly feature: string;
      /** Level in use. */
      readonly before: number;
      readonly after: number;
      readonly reason: string;
      readonly allowed: string;
      readonly fix: string;
    }
  | {
      /** `unmanaged`: the configuration does not name the feature. */
      readonly kind: 'unchanged' | 'unmanaged';
      readonly feature: string;
      readonly level: number;
      /** Levels that all nodes that answered support; undefined if there are none. */
      readonly supported?: FeatureRange;
    };

/** One step for each feature of the configuration and of the cluster, ordered by name. */
export function planFeatures(input: FeaturePlanInput): readonly FeatureStep[] {
  const { wanted, live } = input;
  const names = new Set([...Object.keys(wanted), ...Object.keys(live.finalized), ...featuresOf(live.nodes)]);
  return [...names].sort().map((feature) => stepFor(feature, input));
}

function stepFor(feature: string, { wanted, live }: FeaturePlanInput): FeatureStep {
  const before = live.finalized[feature] ?? 0;
  const after = wanted[feature];
  if (after === undefined || after === before) {
    const supported = commonRange(feature, live.nodes);
    const kind = after === undefined ? 'unmanaged' : 'unchanged';
    return { kind, feature, level: before, ...(supported && { supported }) };
  }
  const change = { feature, before, after };
  const obstacle = unknownFeature(change, live.nodes) ?? unsupportedLevel(change, live.nodes) ?? noWayDown(change);
  if (obstacle !== undefined) return { kind: 'forbidden', ...change, ...obstacle };
  return { kind: 'change', ...change, ...(!canBeLowered(feature) && { irreversible: noWayBack(change) }) };
}

interface FeatureChange {
  readonly feature: string;
  readonly before: number;
  readonly after: number;
}

interface Obstacle {
  readonly reason: string;
  readonly allowed: string;
  readonly fix: string;
}

const featuresOf = (nodes: readonly LiveNode[]): readonly string[] => [
  ...new Set(nodes.flatMap(({ supported }) => Object.keys(supported))),
];

/** A node that does not know a feature supports level 0 of it. */
const rangeOf = ({ supported }: LiveNode, feature: string): FeatureRange => supported[feature] ?? { min: 0, max: 0 };

function commonRange(feature: string, nodes: readonly LiveNode[]): FeatureRange | undefined {
  const ranges = nodes.map((node) => rangeOf(node, feature));
  const common = { min: Math.max(...ranges.map(({ min }) => min)), max: Math.min(...ranges.map(({ max }) => max)) };
  return ranges.length === 0 || common.min > common.max ? undefined : common;
}

function unknownFeature({ feature }: FeatureChange, nodes: readonly LiveNode[]): Obstacle | undefined {
  const known = featuresOf(nodes);
  if (known.length === 0 || known.includes(feature)) return undefined;
  const nearest = nearestName(feature, known);
  return {
    reason: `no node of the cluster knows this feature${nearestWords(nearest)}`,
    allowed: [...known].sort().join(', '),
    fix: `correct or remove ${settingOf(feature)}`,
  };
}

function unsupportedLevel({ feature, after }: FeatureChange, nodes: readonly LiveNode[]): Obstacle | undefined {
  const without = nodes.filter((node) => {
    const { min, max } = rangeOf(node, feature);
    return after < min || after > max;
  });
  if (without.length === 0) return undefined;
  const common = commonRange(feature, nodes);
  const ranges = without.map((node) => `${node.name} supports ${rangeText(feature, rangeOf(node, feature))}`);
  return {
    reason: `not every node supports level ${levelText(feature, after)}: ${ranges.join(', ')}`,
    allowed: common === undefined ? 'no level: the nodes have none in common' : rangeText(feature, common),
    fix: `set ${settingOf(feature)} to a level that is allowed, or bring these nodes to the release of the others first`,
  };
}

function noWayDown({ feature, before, after }: FeatureChange): Obstacle | undefined {
  if (after > before || canBeLowered(feature)) return undefined;
  return {
    reason: `${feature} has no way down from ${levelText(feature, before)}`,
    allowed: `${levelText(feature, before)}, or higher`,
    fix: `set ${settingOf(feature)} to the level in use`,
  };
}

const noWayBack = ({ feature, before }: FeatureChange): string =>
  feature === METADATA_VERSION
    ? `${feature} cannot be lowered again, and no node can return to a release that does not support the new level`
    : `${feature} cannot be lowered to ${levelText(feature, before)} again`;
