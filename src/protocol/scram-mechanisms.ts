/** Kafka's codes of the SCRAM mechanisms. */
export const SCRAM_MECHANISMS = { 'SCRAM-SHA-256': 1, 'SCRAM-SHA-512': 2 } as const;

/** Kafka's error code RESOURCE_NOT_FOUND: the user has no credential. */
export const NO_CREDENTIAL = 91;
