import { noteRefusals } from '../../../../src/client/kafkajs-patches/note-refusals';
import { Attempts } from '../../../../src/client/producer/attempts';

interface Broker {
  produce(request: unknown): Promise<unknown>;
}

const refusal = new Error('not enough replicas');

/** A broker of kafkajs that refuses all requests. */
function refusing(): Broker {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a private module has no types
  const { prototype } = require('kafkajs/src/broker') as { readonly prototype: Broker };
  prototype.produce = () => Promise.reject(refusal);
  return Object.create(prototype) as Broker;
}

const requestOf = (attempts: Attempts) => ({
  topicData: [{ partitions: [{ messages: [{ attempts }, {}] }, { messages: [] }, {}] }],
});

beforeEach(() => jest.resetModules());

it('the error of a broker is recorded, and thrown as before', async () => {
  const broker = refusing();
  expect(noteRefusals()).toBe(true);
  const attempts = new Attempts();
  await expect(broker.produce(requestOf(attempts))).rejects.toBe(refusal);
  expect(attempts.lastError).toBe(refusal);
});

it('any other release of kafkajs is not patched', () => expect(noteRefusals('2.2.5')).toBe(false));
