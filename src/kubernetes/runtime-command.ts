import { wholeMebibytes } from './quantity';
import { RUNTIME_DIRECTORY } from './runtime-layout';

/**
 * The command line of a program of the runtime image.
 * @param program file name of the program in `src/workloads`
 * @param heap size of Node's heap in bytes. @default Node's own default
 */
export function runtimeCommand(program: string, { heap }: { readonly heap?: number } = {}): string[] {
  const options = heap === undefined ? [] : [`--max-old-space-size=${wholeMebibytes(heap)}`];
  return ['node', ...options, `${RUNTIME_DIRECTORY}/${program}.js`];
}
