const PREFIX = 'User:';

/** `User:orders-api`. */
export const principalOf = (user: string): string => `${PREFIX}${user}`;

/** The user of a principal; undefined for a principal of another type. */
export const userOf = (principal: string): string | undefined =>
  principal.startsWith(PREFIX) ? principal.slice(PREFIX.length) : undefined;
