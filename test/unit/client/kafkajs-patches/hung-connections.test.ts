import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { closeHungConnections } from '../../../../src/client/kafkajs-patches/hung-connections';

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
  await delay(REQUEST_MS);
  expect(accepted.length).toBeGreaterThan(0);
  expect(accepted.filter(({ readableEnded, closed }) => !readableEnded && !closed)).toEqual([]);
});

it('does not change any other release', () => expect(closeHungConnections('2.2.5')).toBe(false));
