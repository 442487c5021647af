import { parseServerAddress } from '../../../src/protocol/server-address';

it.each([
  ['kafka-0:9092', { host: 'kafka-0', port: 9092 }],
  ['kafka-0.kafka.svc.cluster.local:1', { host: 'kafka-0.kafka.svc.cluster.local', port: 1 }],
  ['10.0.0.1:65535', { host: '10.0.0.1', port: 65_535 }],
  ['[::1]:9093', { host: '::1', port: 9093 }],
])('%s is the address of a server', (text, address) => {
  expect(parseServerAddress(text)).toEqual(address);
});

it.each([
  'kafka-0',
  'kafka-0:',
  ':9092',
  'a:0',
  'a:65536',
  'a:09092x',
  'a b:1',
  'a:1,b:2',
  'http://a:1',
  '::1:9092',
  '[::1]',
])('%s is not an address', (text) => {
  expect(parseServerAddress(text)).toBeUndefined();
});
