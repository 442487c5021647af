import { requireOk, type Request } from './request';

/** Values of `upgradeType`. A safe downgrade loses no metadata, or is refused. */
const UPGRADE = 1;
const SAFE_DOWNGRADE = 2;

/** A feature, and its level after the update. */
export interface FeatureUpdate {
  readonly feature: string;
  readonly level: number;
  /** Whether the level is below the one in use. */
  readonly isLower: boolean;
}

interface UpdateOptions {
  /** Whether the request is only validated. */
  readonly validateOnly: boolean;
  /** Time limit of the controller in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * UpdateFeatures v2: sets all of these levels or none. The active controller refuses a level that the registration of
 * any broker or controller does not support.
 */
export const updateFeatures = (
  updates: readonly FeatureUpdate[],
  { validateOnly, timeoutMs }: UpdateOptions,
): Request<void> => ({
  apiKey: 57,
  version: 2,
  encode: (body) => {
    body.int32(timeoutMs);
    body.array(updates, ({ feature, level, isLower }) => {
      body
        .string(feature)
        .int16(level)
        .int8(isLower ? SAFE_DOWNGRADE : UPGRADE)
        .noTags();
    });
    body.boolean(validateOnly).noTags();
  },
  decode: (body) => {
    body.int32();
    requireOk(body.int16(), body.nullableString());
  },
});
