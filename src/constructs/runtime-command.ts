import type { SampleName } from '../config/samples';
import { wholeMebibytes } from '../render/quantity';
import { RUNTIME_DIRECTORY } from '../render/runtime-layout';

/** Programs of the runtime image, as its build names them. */
export type RuntimeProgram =
  'guard' | 'lag-exporter' | 'prepare-registry' | 'provision-schemas' | 'provision-topics' | 'smoke' | SampleName;

/**
 * The command line of a program of the runtime image.
 * @param heap bytes of Node's heap; left to Node when it is left out
 */
export function runtimeCommand(program: RuntimeProgram, { heap }: { readonly heap?: number } = {}): string[] {
  const options = heap === undefined ? [] : [`--max-old-space-size=${wholeMebibytes(heap)}`];
  return ['node', ...options, `${RUNTIME_DIRECTORY}/${program}.js`];
}
