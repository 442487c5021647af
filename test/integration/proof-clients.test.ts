import { drawFaults } from '../../tools/proof/faults';
import { describeFindings, hasNoAnomaly, NO_ANOMALIES } from '../../tools/proof/findings';
import { patterns } from '../../tools/proof/patterns';
import { keyOrder } from '../../tools/proof/patterns/key-order';
import { send } from '../../tools/proof/patterns/send';
import { transactions } from '../../tools/proof/patterns/transactions';
import { unwrappedConsumer } from '../../tools/proof/patterns/unwrapped-consumer';
import { unwrappedKafkajs } from '../../tools/proof/patterns/unwrapped-kafkajs';
import { prove } from '../../tools/proof/prove';
import { DROPPED_ACKNOWLEDGEMENTS } from '../../tools/proof/scenarios';
import { World } from '../../tools/proof/world';

/** Fewer and shorter runs than `npm run prove`; insert a seed that fails there to reproduce the failure here. */
const SEEDS = [1];
const WITHIN_MS = 6_000;

let world: World;

beforeAll(async () => {
  world = await World.start();
});

afterAll(() => world.stop());

it('draws the same faults for the same seed, and others for another', () => {
  expect(drawFaults(7, WITHIN_MS)).toEqual(drawFaults(7, WITHIN_MS));
  expect(drawFaults(7, WITHIN_MS)).not.toEqual(drawFaults(8, WITHIN_MS));
});

it.each(SEEDS)('every pattern keeps its promises under the faults of seed %i', async (seed) => {
  const findings = await prove({ world, seed, patterns, faults: drawFaults(seed, WITHIN_MS) });
  expect(findings.filter((one) => !hasNoAnomaly(one)).map(describeFindings)).toEqual([]);
});

it('detects unwrapped kafkajs when acknowledgements are dropped, and no violation in the clients that wrap it', async () => {
  const wrapped = [send, transactions];
  const trial = { world, seed: 0, patterns: [unwrappedKafkajs, ...wrapped], faults: DROPPED_ACKNOWLEDGEMENTS };
  const [unwrapped, ...others] = await prove(trial);
  expect(unwrapped?.anomalies.lost).toBeGreaterThan(0);
  expect(unwrapped?.anomalies.duplicate).toBeGreaterThan(0);
  expect(unwrapped?.anomalies.misplaced).toBeGreaterThan(0);
  expect(others.filter((one) => !hasNoAnomaly(one)).map(describeFindings)).toEqual([]);
});

it('detects a consumer that does not wait for its handler, even without a fault', async () => {
  const [unwrapped] = await prove({ world, seed: 0, patterns: [unwrappedConsumer], faults: [] });
  expect(unwrapped?.anomalies.miscommitted).toBeGreaterThan(0);
  expect(unwrapped?.anomalies.outOfOrder).toBeGreaterThan(0);
  const [wrapped] = await prove({ world, seed: 0, patterns: [keyOrder], faults: [] });
  expect(wrapped?.anomalies).toEqual(NO_ANOMALIES);
});
