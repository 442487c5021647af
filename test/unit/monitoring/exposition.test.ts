import { exposition } from '../../../src/monitoring/exposition';

describe('the exposition format', () => {
  it('has help, type and one line for each value', () => {
    const text = exposition([
      { name: 'a_total', help: 'What a is', type: 'counter', samples: [{ labels: {}, value: 3 }] },
      {
        name: 'b',
        help: 'What b is',
        samples: [
          { labels: { topic: 'orders', partition: 0 }, value: -1n },
          { labels: { topic: 'orders', partition: 1 }, value: 0.25 },
        ],
      },
    ]);
    expect(text).toBe(`# HELP a_total What a is
# TYPE a_total counter
a_total 3
# HELP b What b is
# TYPE b gauge
b{topic="orders",partition="0"} -1
b{topic="orders",partition="1"} 0.25
`);
  });

  it('leaves out series without a value', () => {
    expect(exposition([{ name: 'a', help: 'What a is', samples: [] }])).toBe('');
  });

  it('escapes names of groups', () => {
    const samples = [{ labels: { consumergroup: 'a "b" \\c\nd' }, value: 1 }];
    expect(exposition([{ name: 'a', help: 'h', samples }])).toContain('a{consumergroup="a \\"b\\" \\\\c\\nd"} 1\n');
  });

  it('keeps whole numbers exact', () => {
    expect(exposition([{ name: 'a', help: 'h', samples: [{ labels: {}, value: 2n ** 62n + 1n }] }])).toContain(
      'a 4611686018427387905\n',
    );
  });
});
