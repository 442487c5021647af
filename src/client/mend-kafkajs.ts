import { version } from 'kafkajs/package.json';

/** What is mended was read in this release, the last one; any other is left alone. */
const VERSION = '2.2.4';

/**
 * A change of a private class of kafkajs's, for the whole process; a second call does nothing.
 * @param prototypeOf requires the very module that kafkajs uses, bundled or not; as it is private it may be gone
 * @returns what makes the change, and tells whether it is made
 */
export function mend<P extends object>(prototypeOf: () => P, change: (prototype: P) => void) {
  const mended = new WeakSet<P>();
  return (installed: string = version): boolean => {
    const prototype = installed === VERSION ? unlessGone(prototypeOf) : undefined;
    if (prototype === undefined) return false;
    if (mended.has(prototype)) return true;
    mended.add(prototype);
    change(prototype);
    return true;
  };
}

function unlessGone<P>(load: () => P): P | undefined {
  try {
    return load();
  } catch {
    return undefined;
  }
}
