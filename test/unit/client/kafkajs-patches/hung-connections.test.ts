import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Kafka, logLevel } from 'kafkajs';
import { closeHungConnections } from '../../../../src/client/kafkajs-patches/hung-connections';
import { until } from '../../../support/until';

const REQUEST_MS = 200;

/** A server like a frozen broker: it accepts connections and never answers. */
let silent: Server;
const accepted: Socket[] = [];

beforeAll(async () => {
  silent = createServer((socket) => accepted.push(socket.resume())).listen(0, '127.0.0.1');
  await once(silent, 'listening');
});
afterAll(() => {
  for (const socket of accepted) socket.destroy();
  silent.close();
});

it('closes a connection on which a request was not answered in time', async () => {
  expect(closeHungConnections()).toBe(true);
  const kafka = new Kafka({
    brokers: [`127.0.0.1:${(silent.address() as AddressInfo).port}`],
    logLevel: logLevel.NOTHING,
    requestTimeout: REQUEST_MS,
    retry: { retries: 0 },
  });
  await expect(kafka.admin().connect()).rejects.toThrow('timed out');
  await until(() => accepted.length > 0 && accepted.every(({ readableEnded, closed }) => readableEnded || closed));
});

it('does not change any other release', () => expect(closeHungConnections('2.2.5')).toBe(false));
