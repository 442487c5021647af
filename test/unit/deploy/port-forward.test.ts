import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended, identify } from '../../../src/processes/processes';

const directory = mkdtempSync(join(tmpdir(), 'port-forward-'));

afterAll(() => rmSync(directory, { recursive: true }));

/** Says what kubectl says when it forwards, and stays. */
const KUBECTL = `#!/bin/bash
echo $$ > '${join(directory, 'pid')}'
echo 'Forwarding from 127.0.0.1:4711 -> 8080'
exec sleep 60
`;

it('a forwarded port ends with the process that asked for it, even if that is killed', async () => {
  writeFileSync(join(directory, 'kubectl'), KUBECTL, { mode: 0o755 });
  const parent = spawn(process.execPath, ['--import', 'tsx', 'test/support/forwarding-process.ts'], {
    env: { ...process.env, PATH: `${directory}:${process.env['PATH'] ?? ''}` },
  });
  const [output] = (await once(parent.stdout, 'data')) as [Buffer];
  expect(output.toString().trim()).toBe('http://127.0.0.1:4711');
  const kubectl = identify(Number(readFileSync(join(directory, 'pid'), 'utf8')));
  parent.kill('SIGKILL');
  expect(await ended(kubectl, 30_000)).toBe(true);
});
