import { hideAborted } from '../../../../src/client/kafkajs-patches/hide-aborted';

interface Prototype {
  fetch: unknown;
}

/** Prototype of kafkajs's connection to a broker; each test loads the module again. */
function brokerPrototype(): Prototype {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a private module has no types
  return (require('kafkajs/src/broker') as { readonly prototype: Prototype }).prototype;
}

beforeEach(() => jest.resetModules());

describe('the patch for aborted transactions', () => {
  it('changes kafkajs’s fetch once', () => {
    const broker = brokerPrototype();
    const bare = broker.fetch;
    expect(hideAborted()).toBe(true);
    const patched = broker.fetch;
    expect(patched).not.toBe(bare);
    expect(hideAborted()).toBe(true);
    expect(broker.fetch).toBe(patched);
  });

  it('does not change any other release', () => {
    const bare = brokerPrototype().fetch;
    expect(hideAborted('2.2.5')).toBe(false);
    expect(brokerPrototype().fetch).toBe(bare);
  });
});
