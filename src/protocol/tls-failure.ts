/** What servers say in a TLS alert of the certificate of a client. Source: RFC 8446, section 6.2; the words are OpenSSL's. */
const ALERTS: Readonly<Record<string, string>> = {
  'bad certificate': 'it refuses the certificate of this client, or that there is none',
  'certificate required': 'it asks for a certificate of this client',
  'certificate unknown': 'it does not trust the certificate of this client',
  'unknown ca': 'it does not trust the certificate of this client',
  'certificate expired': 'the certificate of this client has expired',
};

interface OpenSslError extends Error {
  readonly code?: string;
  /** Such as `sslv3 alert bad certificate`. */
  readonly reason?: string;
}

/** An error of a connection in words; OpenSSL's own have numbers and paths of its sources. */
export function tlsFailure(error: OpenSslError): Error {
  const { code = '', reason } = error;
  if (!code.startsWith('ERR_SSL_') || reason === undefined) return error;
  const [, alert] = / alert (.+)$/.exec(reason) ?? [];
  const means = alert === undefined ? undefined : ALERTS[alert];
  const text = means === undefined ? reason : `${means} (alert ${alert ?? ''})`;
  return Object.assign(new Error(`the server ends the TLS handshake: ${text}`, { cause: error }), { code });
}
