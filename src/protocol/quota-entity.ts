import type { Decoder } from './protocol';

/** The type of an entity that is a user. */
export const USER = 'user';

/** The user of a quota; null for the default of all users, undefined if the entity is no user. */
export function decodeUserEntity(body: Decoder): string | null | undefined {
  const entity = body.array(() => {
    const part = { type: body.string(), name: body.nullableString() };
    body.skipTags();
    return part;
  });
  return entity.find(({ type }) => type === USER)?.name;
}
