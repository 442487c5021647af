import { ReplacedOnError } from '../../../../src/client/kafkajs-patches/replaced-on-error';

function counted() {
  const disconnected: number[] = [];
  let made = 0;
  const producers = new ReplacedOnError(() => {
    const id = ++made;
    return Promise.resolve({ id, disconnect: () => Promise.resolve(void disconnected.push(id)) });
  });
  return { producers, disconnected };
}

const fail = (): Promise<never> => Promise.reject(new Error('no answer'));

describe("kafkajs's producer", () => {
  it('is reused as long as nothing fails', async () => {
    const { producers } = counted();
    const ids = [
      await producers.use(({ id }) => Promise.resolve(id)),
      await producers.use(({ id }) => Promise.resolve(id)),
    ];
    expect(ids).toEqual([1, 1]);
  });

  it('is replaced after any error', async () => {
    const { producers, disconnected } = counted();
    await expect(producers.use(fail)).rejects.toThrow('no answer');
    expect(await producers.use(({ id }) => Promise.resolve(id))).toBe(2);
    expect(disconnected).toEqual([1]);
  });

  it('is disconnected only after its pending requests', async () => {
    const { producers, disconnected } = counted();
    let finish: () => void = () => undefined;
    const other = producers.use(() => new Promise<void>((done) => (finish = done)));
    await expect(producers.use(fail)).rejects.toThrow();
    expect(disconnected).toEqual([]);
    finish();
    await other;
    expect(disconnected).toEqual([1]);
  });

  it('is created again if it could not connect', async () => {
    let tries = 0;
    const producers = new ReplacedOnError(() =>
      ++tries === 1 ? fail() : Promise.resolve({ disconnect: () => Promise.resolve() }),
    );
    await expect(producers.use(() => Promise.resolve('sent'))).rejects.toThrow('no answer');
    expect(await producers.use(() => Promise.resolve('sent'))).toBe('sent');
  });
});
