/** The message of what was thrown, also when that is no error. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
