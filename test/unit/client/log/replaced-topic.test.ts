const PLACE = { topic: 'orders', partition: 0 };
const [OLD, NEW] = ['AAAAAAAAAAAAAAAAAAAAAQ', 'AAAAAAAAAAAAAAAAAAAAAg'];
const CONNECTION = { bootstrapServers: ['localhost:9092'], clientId: 'test' };
const UNKNOWN_TOPIC_ID = 100;
const [FETCH, LIST_OFFSETS, METADATA] = [1, 2, 3];

interface Sources {
  readonly partitionParts: (props: object) => AsyncIterable<unknown>;
  readonly standingOf: (connection: object, position: object) => Promise<object>;
}

/** A broker whose topic is recreated after the client has found its leader; the new log is empty. */
function replacedBroker(): Sources {
  jest.resetModules();
  let topicId = OLD;
  const answers: Readonly<Record<number, () => unknown>> = {
    [FETCH]: () => ({ code: UNKNOWN_TOPIC_ID }),
    [LIST_OFFSETS]: () => [{ ...PLACE, code: 0, offset: 0n }],
    [METADATA]: () => [{ name: PLACE.topic, id: topicId, partitions: [] }],
  };
  const sources = '../../../../src';
  jest.doMock(`${sources}/client/log/leader`, () => ({
    leaderOf: () => {
      const leader = { server: 'localhost:9092', topicId };
      topicId = NEW;
      return Promise.resolve(leader);
    },
  }));
  jest.doMock(`${sources}/protocol/request`, () => ({
    ...jest.requireActual<object>(`${sources}/protocol/request`),
    askServer: (_server: object, { apiKey }: { readonly apiKey: number }) => Promise.resolve(answers[apiKey]?.()),
  }));
  /* eslint-disable @typescript-eslint/no-require-imports -- loaded with the replaced modules */
  const { partitionParts } = require(`${sources}/client/log/read-partition`) as Sources;
  const { standingOf } = require(`${sources}/client/positions/log-range`) as Sources;
  /* eslint-enable @typescript-eslint/no-require-imports */
  return { partitionParts, standingOf };
}

it('a topic that is recreated while the end of its log is asked is not taken for an empty one', async () => {
  const { partitionParts } = replacedBroker();
  const read = async (): Promise<void> => {
    for await (const part of partitionParts({ connection: CONNECTION, ...PLACE })) expect(part).toEqual([]);
  };
  await expect(read()).rejects.toThrow('topic orders was deleted and created again');
});

it('a position is not compared with the log of a topic that was created meanwhile', async () => {
  const { standingOf } = replacedBroker();
  const standing = await standingOf(CONNECTION, { ...PLACE, offset: 59n, topicId: OLD });
  expect(standing).toEqual({ kind: 'topic-recreated', topicId: NEW });
});
