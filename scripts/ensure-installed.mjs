// Installs the packages of package-lock.json if node_modules does not match it. It runs before packages are installed
// and therefore uses only Node.js itself.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Node ${process.versions.node} is too old: install Node 20.19 or newer (22 or 24 are fine) and run again.`,
  );
  process.exit(1);
}

const root = join(import.meta.dirname, '..');
const marker = join(root, 'node_modules', '.installed-lock-sha256');
const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

if (installed() !== wanted) {
  console.log('Installing the packages of package-lock.json ...');
  const started = Date.now();
  const { status } = spawnSync('npm', ['ci', '--loglevel=error'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    console.error('npm ci failed; see its message above. Is the package registry reachable?');
    process.exit(1);
  }
  writeFileSync(marker, wanted);
  console.log(`Installed in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}

function installed() {
  try {
    return readFileSync(marker, 'utf8');
  } catch {
    return undefined;
  }
}
