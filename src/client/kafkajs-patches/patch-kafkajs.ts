import { version } from 'kafkajs/package.json';

/** The patches are written for this release, the last one; other releases are not patched. */
const VERSION = '2.2.4';

/* eslint-disable @typescript-eslint/no-require-imports -- a private module may be missing; an import would throw */
/** Private classes of kafkajs, from the modules that kafkajs itself uses, whether bundled or not. */
const CLASSES = {
  Broker: () => require('kafkajs/src/broker') as unknown,
  Cluster: () => require('kafkajs/src/cluster') as unknown,
  Connection: () => require('kafkajs/src/network/connection') as unknown,
  ConsumerGroup: () => require('kafkajs/src/consumer/consumerGroup') as unknown,
  OffsetManager: () => require('kafkajs/src/consumer/offsetManager') as unknown,
  RequestQueue: () => require('kafkajs/src/network/requestQueue') as unknown,
  Runner: () => require('kafkajs/src/consumer/runner') as unknown,
};
/* eslint-enable @typescript-eslint/no-require-imports */

/**
 * Defines a change of a private class of kafkajs for the whole process. Applying it again has no effect.
 * @param change changes the prototype; its parameter type declares the used members, which nothing checks
 * @returns a function that applies the change and returns whether it is in effect
 */
export function patch(name: keyof typeof CLASSES, change: (prototype: never) => void) {
  const patched = new WeakSet<object>();
  return (installed: string = version): boolean => {
    const prototype = installed === VERSION ? unlessGone(CLASSES[name]) : undefined;
    if (prototype === undefined) return false;
    if (patched.has(prototype)) return true;
    patched.add(prototype);
    change(prototype as never);
    return true;
  };
}

function unlessGone(load: () => unknown): object | undefined {
  try {
    return (load() as { readonly prototype: object }).prototype;
  } catch {
    return undefined;
  }
}
