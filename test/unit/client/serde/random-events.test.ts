import type { EventOf, EventTopic, CatalogueSerde } from '../../../../examples/catalogue/clients';
import { Type, type Schema } from 'avsc';
import { PermanentError } from '../../../../src/client/errors';
import { EventSerde } from '../../../../src/client/serde/event-serde';
import { eventSchemas } from '../../../../examples/catalogue/schemas/event-schemas';
import { Dice } from '../../../../tools/support/dice';
import { framed, prefixed } from '../../../../tools/support/framed';
import { randomValue } from '../../../support/random-value';
import { startSmallRegistry, type SmallRegistry } from '../../../../tools/support/small-registry';

const SEED = Date.now() % 1_000_000;
const EVENTS = 500;
const POISONS = 20_000;
const TOPICS = Object.keys(eventSchemas) as EventTopic[];

let registry: SmallRegistry;
let serde: CatalogueSerde<EventTopic>;
let dice: Dice;

beforeAll(async () => {
  registry = await startSmallRegistry();
  serde = await EventSerde.open({ registry: registry.url, schemas: eventSchemas, topics: TOPICS });
});

afterAll(() => registry.stop());

beforeEach(() => (dice = new Dice(SEED)));

const typeOf = (topic: EventTopic): Type => Type.forSchema(eventSchemas[topic].at(-1) as Schema);
const randomEvent = (type: Type): EventOf<EventTopic> => randomValue(type, dice) as EventOf<EventTopic>;

/** The name includes the seed to reproduce a failure. */
describe(`random events, seed ${SEED}`, () => {
  it.each(TOPICS)('of %s are decoded unchanged, and encoded like with avsc alone', async (topic) => {
    const type = typeOf(topic);
    for (let count = 0; count < EVENTS; count += 1) {
      const event = randomEvent(type);
      const bytes = serde.encode(topic, event);
      expect(await serde.decode(topic, bytes)).toEqual(event);
      expect(bytes.subarray(5).equals(type.toBuffer(event))).toBe(true);
    }
  });

  it('of the first version of orders are decoded without a coupon', async () => {
    const [schema] = eventSchemas.orders;
    const type = Type.forSchema(schema as Schema);
    for (let count = 0; count < EVENTS; count += 1) {
      const event = randomValue(type, dice) as object;
      expect(await serde.decode('orders', framed(1, schema, event))).toEqual({ ...event, couponCode: null });
    }
  });

  it.each(TOPICS)(
    'of %s with broken bytes are decoded or refused quickly',
    async (topic) => {
      const type = typeOf(topic);
      const id = serde.encode(topic, randomEvent(type)).readUInt32BE(1);
      const refused = { count: 0 };
      for (let count = 0; count < POISONS; count += 1) {
        const bytes = prefixed(id, broken(type.toBuffer(randomEvent(type))));
        try {
          await serde.decode(topic, bytes);
        } catch (error) {
          if (!(error instanceof PermanentError)) throw error;
          refused.count += 1;
        }
      }
      expect(refused.count).toBeGreaterThan(POISONS / 10);
    },
    20_000,
  );
});

/** The bytes with a few changed, removed or inserted. */
function broken(bytes: Buffer): Buffer {
  let result = bytes;
  for (let changes = 1 + Math.floor(dice.next() * 4); changes > 0; changes -= 1) {
    const at = Math.floor(dice.next() * (result.length + 1));
    const kept = dice.next() < 0.3 ? 0 : 1;
    const put = Buffer.from(Array.from({ length: Math.floor(dice.next() * 4) }, () => Math.floor(dice.next() * 256)));
    result = Buffer.concat([result.subarray(0, at), put, result.subarray(at + kept)]);
  }
  return result;
}
