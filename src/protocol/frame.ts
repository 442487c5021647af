/** Bytes of the size in front of every request and response. */
export const SIZE_BYTES = 4;

/** Far larger than any response. The first bytes of another protocol, read as a size, are larger. */
const LARGEST_RESPONSE = 256 * 1024 * 1024;

/** Whether the size in front of a response can be one of Kafka's; the text of another protocol or an alert of TLS has none. */
export const isResponseSize = (size: number): boolean => size >= 0 && size <= LARGEST_RESPONSE;
