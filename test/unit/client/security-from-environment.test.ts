import { securityFromEnvironment } from '../../../src/client/security-from-environment';

const ENVIRONMENT = {
  KAFKA_TLS_CA_FILE: '/tls/ca.pem',
  KAFKA_USERNAME: 'billing',
  KAFKA_PASSWORD_FILE: '/users/billing',
};

describe('the environment of an application', () => {
  it('names certificates, user and password, or nothing', () => {
    expect(securityFromEnvironment({ ...ENVIRONMENT, OTHER: 'x' })).toEqual({
      tls: { ca: { file: '/tls/ca.pem' } },
      sasl: { mechanism: 'scram-sha-512', username: 'billing', password: { file: '/users/billing' } },
    });
    expect(securityFromEnvironment({ OTHER: 'x' })).toEqual({});
    expect(securityFromEnvironment({ KAFKA_TLS_CA_FILE: '', KAFKA_USERNAME: '', KAFKA_PASSWORD_FILE: '' })).toEqual({});
  });

  it.each(Object.keys(ENVIRONMENT))('is refused without %s beside the others', (name) => {
    expect(() => securityFromEnvironment({ ...ENVIRONMENT, [name]: '' })).toThrow(`lacks ${name}; allowed: all of`);
  });
});
