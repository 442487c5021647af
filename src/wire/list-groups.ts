import { requireOk, type Request } from './request';

export interface ListedGroup {
  readonly group: string;
  /** `Empty` when it has no members, `Dead` when it is about to be forgotten. */
  readonly state: string;
  /** `classic`, `consumer`, `share` or `streams`. */
  readonly type: string;
}

/** ListGroups v5: the groups that the broker which is asked coordinates, and no others. */
export const LIST_GROUPS: Request<readonly ListedGroup[]> = {
  apiKey: 16,
  version: 5,
  encode: (body) => {
    const all: readonly string[] = [];
    body.array(all, (state) => void body.string(state));
    body.array(all, (type) => void body.string(type)).noTags();
  },
  decode: (body) => {
    body.int32();
    requireOk(body.int16());
    return body.array(() => {
      const group = body.string();
      body.string();
      const listed = { group, state: body.string(), type: body.string() };
      body.skipTags();
      return listed;
    });
  },
};
