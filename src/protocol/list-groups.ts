import { requireOk, type Request } from './request';

export interface ListedGroup {
  readonly group: string;
  /** `Empty` without members, `Dead` if the group is about to be removed. */
  readonly state: string;
  /** `classic`, `consumer`, `share` or `streams`. */
  readonly type: string;
}

/** ListGroups v5: the groups that the queried broker coordinates. */
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
