import { spawnSync } from 'node:child_process';
import { elapsed } from '../src/console/progress';

/** The stages of `npm test`; cheap ones first. */
const STAGES: readonly (readonly [name: string, command: string, args: readonly string[]])[] = [
  ['lint', 'npm', ['run', '--silent', 'lint']],
  ['unit and manifests', 'npx', ['jest', '--selectProjects', 'unit', 'manifests']],
  ['integration on real brokers', 'npx', ['jest', '--selectProjects', 'integration', '--runInBand']],
];

const started = Date.now();
let failures = 0;
for (const [name, command, args] of STAGES) {
  const begin = Date.now();
  console.log(`\n== ${name}`);
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) failures += 1;
  console.log(`== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${elapsed(begin)}`);
}
console.log(`\n${STAGES.length - failures} stages passed, ${failures} failed in ${elapsed(started)}`);
process.exitCode = failures === 0 ? 0 : 1;
