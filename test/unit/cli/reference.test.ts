import { spawnSync } from 'node:child_process';

it('the pages of docs/reference match the code (else: npm run reference)', () => {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/reference.ts', '--check'], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
