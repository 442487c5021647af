/**
 * Overrides of the JVM's security properties. A restarted pod has a new address: names are asked for again after 5 s,
 * and a name that did not exist yet after 1 s (the JVM's own default keeps failures 10 s and answers 30 s).
 */
export const JAVA_SECURITY = `networkaddress.cache.ttl=5
networkaddress.cache.negative.ttl=1
`;
