import type { Decoder } from './protocol';
import { requireOk, type Request } from './request';

/** Tagged fields of the response. */
const SUPPORTED = 0;
const EPOCH = 1;
const FINALIZED = 2;

/** Levels of a feature, both inclusive. */
export interface FeatureRange {
  readonly min: number;
  readonly max: number;
}

/** The features of a node of the cluster, by name. */
export interface NodeFeatures {
  /** Levels that the release of the node supports. */
  readonly supported: Readonly<Record<string, FeatureRange>>;
  /** Levels in use, as far as the node has read the metadata log. A feature at level 0 is left out. */
  readonly finalized: Readonly<Record<string, number>>;
  /** Increases with each change of the levels in use; -1 if the node does not know them. */
  readonly epoch: bigint;
}

/**
 * ApiVersions v4, for the features of a broker or a controller. Version 3 leaves out features whose lowest level is 0.
 */
export const NODE_FEATURES: Request<NodeFeatures> = {
  apiKey: 18,
  version: 4,
  hasHeaderTags: false,
  encode: (body) => void body.string('kafka-platform').string('1').noTags(),
  decode: (body) => {
    requireOk(body.int16());
    body.array(() => {
      body.int16();
      body.int16();
      body.int16();
      body.skipTags();
    });
    body.int32();
    const fields = body.taggedFields();
    const supported = levelsIn(fields.get(SUPPORTED)).map(([name, min, max]) => [name, { min, max }] as const);
    const finalized = levelsIn(fields.get(FINALIZED)).map(([name, highest]) => [name, highest] as const);
    return {
      supported: Object.fromEntries(supported),
      finalized: Object.fromEntries(finalized),
      epoch: fields.get(EPOCH)?.int64() ?? -1n,
    };
  },
};

/** Each feature with two levels: the lowest and the highest of those supported, the highest and the lowest of those in use. */
function levelsIn(field: Decoder | undefined): readonly (readonly [name: string, first: number, second: number])[] {
  if (field === undefined) return [];
  return field.array(() => {
    const levels = [field.string(), field.int16(), field.int16()] as const;
    field.skipTags();
    return levels;
  });
}
