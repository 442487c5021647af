import { withoutTheGone } from '../../../src/components/topics/without-the-gone';
import { brokers } from './brokers';

it('plans a topic as a new one if a broker still lists the deleted one, even if changes of the deleted one were refused', async () => {
  const [live, other] = brokers.config.topics;
  if (live === undefined || other === undefined) throw new Error('the catalogue has no two topics');
  const gone = { ...other, name: 'deleted-before' };
  const target = { connection: brokers.platform.connection, topics: [live, gone] };
  const forbidden = (topic: string) => ({ kind: 'forbidden', topic, refused: [] }) as const;
  const steps = [
    { ...forbidden(live.name), isLive: true },
    { ...forbidden(gone.name), isLive: true },
    // A refusal for an allowed change stays.
    forbidden(gone.name),
  ] as const;
  expect(await withoutTheGone(target, steps)).toEqual([
    steps[0],
    { kind: 'create', topic: gone.name, definition: gone },
    steps[2],
  ]);
});
