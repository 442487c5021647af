import { withoutTheGone } from '../../../src/components/topics/without-the-gone';
import { brokers } from './brokers';

it('plans a topic as a new one where a broker still lists the old one, whatever was refused of that one', async () => {
  const [live, other] = brokers.config.topics;
  if (live === undefined || other === undefined) throw new Error('the catalogue has no two topics');
  const gone = { ...other, name: 'deleted-before' };
  const target = { connection: brokers.platform.connection, topics: [live, gone] };
  const forbidden = (topic: string) => ({ kind: 'forbidden', topic, refused: [] }) as const;
  const steps = [
    { ...forbidden(live.name), isLive: true },
    { ...forbidden(gone.name), isLive: true },
    // Refused for what is allowed, which stays so.
    forbidden(gone.name),
  ] as const;
  expect(await withoutTheGone(target, steps)).toEqual([
    steps[0],
    { kind: 'create', topic: gone.name, definition: gone },
    steps[2],
  ]);
});
