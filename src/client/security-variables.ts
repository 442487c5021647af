/** Environment variables by which a platform tells its applications how brokers let them in. */
export const SECURITY_VARIABLES = {
  /** File with the certificates of the authorities that issue those of brokers (PEM). */
  ca: 'KAFKA_TLS_CA_FILE',
  username: 'KAFKA_USERNAME',
  /** File with the password. */
  password: 'KAFKA_PASSWORD_FILE',
} as const;
