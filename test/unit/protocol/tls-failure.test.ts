import { tlsFailure } from '../../../src/protocol/tls-failure';

const openssl = (reason: string) => Object.assign(new Error('806C45CE427F0000:error:…'), { code: 'ERR_SSL_X', reason });

describe('an error of TLS', () => {
  it.each([
    [
      'sslv3 alert bad certificate',
      'it refuses the certificate of this client, or that there is none (alert bad certificate)',
    ],
    ['tlsv1 alert unknown ca', 'it does not trust the certificate of this client (alert unknown ca)'],
    ['tlsv1 alert internal error', 'tlsv1 alert internal error'],
    ['wrong version number', 'wrong version number'],
  ])('%s is told in words', (reason, told) => {
    expect(tlsFailure(openssl(reason)).message).toBe(`the server ends the TLS handshake: ${told}`);
  });

  it('of another kind is told as it is', () => {
    const error = new Error('connect ECONNREFUSED');
    expect(tlsFailure(error)).toBe(error);
  });
});
