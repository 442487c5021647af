import { javaClientProperties } from '../../../../../src/components/kafka-cluster/security/java-client';

const tls = { ca: { file: '/tls/ca.pem' } };

describe('the properties file of Kafka’s own clients', () => {
  it('has user, password and the certificates that are trusted', () => {
    const sasl = { mechanism: 'scram-sha-512', username: 'billing', password: () => 'a "b" \\c' } as const;
    expect(javaClientProperties({ tls, sasl })).toBe(`security.protocol=SASL_SSL
ssl.truststore.type=PEM
ssl.truststore.location=/tls/ca.pem
ssl.endpoint.identification.algorithm=https
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="billing" password="a \\\\"b\\\\" \\\\\\\\c";
`);
  });

  it('has the certificate of an administrator', () => {
    const text = javaClientProperties({ tls: { ...tls, certificate: { file: '/tls/admin.pem' } } }, 'prefix.');
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        'prefix.security.protocol=SSL',
        'prefix.ssl.keystore.type=PEM',
        'prefix.ssl.keystore.location=/tls/admin.pem',
      ]),
    );
  });

  it('is empty where brokers ask for nothing', () => {
    expect(javaClientProperties({})).toBe('');
  });
});
