import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { programOutcome } from '../../support/program-outcome';

const directory = mkdtempSync(join(tmpdir(), 'closed-output-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs a program whose output is read only to the end of its first line. */
async function withOneLineRead(main: string) {
  const file = join(directory, 'program.ts');
  writeFileSync(file, `import { run } from '${resolve('src/console/run')}';\n${main}`);
  const line = `'${process.execPath}' --import tsx '${file}' | head -n 1; echo "exit code \${PIPESTATUS[0]}"`;
  return programOutcome('bash', ['-c', line]);
}

const LINES = "for (let line = 1; line <= 100_000; line += 1) console.log('line');";

describe('a program whose output is closed reports no error', () => {
  it('when its work is done, and has that exit code', async () => {
    const { stdout, stderr } = await withOneLineRead(`run(() => { ${LINES} process.exitCode = 3; });`);
    expect({ stdout, stderr }).toEqual({ stdout: 'line\nexit code 3\n', stderr: '' });
  });

  it('when its work would continue, which ends like with SIGPIPE', async () => {
    const { stdout, stderr } = await withOneLineRead(
      `run(async () => { ${LINES} await new Promise((done) => setTimeout(done, 600_000)); });`,
    );
    expect({ stdout, stderr }).toEqual({ stdout: 'line\nexit code 141\n', stderr: '' });
  });

  it('when it stops in an orderly way, like after a signal', async () => {
    const { stdout, stderr } = await withOneLineRead(
      `run(async () => {
         const stopped = new Promise((done) => process.once('SIGTERM', done));
         const timer = setInterval(() => undefined, 1_000);
         ${LINES}
         await stopped;
         clearInterval(timer);
         console.error('stopped');
       });`,
    );
    expect({ stdout, stderr }).toEqual({ stdout: 'line\nexit code 141\n', stderr: 'stopped\n' });
  });
});
