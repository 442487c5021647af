import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProgramCommand } from '../src/console/program-command';
import { run } from '../src/console/run';
import { guardImageTag, writeGuardImageTag } from './guard-image-tag';

const program = new ProgramCommand('guard-image-tag')
  .description(
    'Writes the tag of the guard’s image, which follows from its programs, its Dockerfile and the metrics reporter.',
  )
  .action(async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'guard-'));
    try {
      const tag = await guardImageTag(outdir);
      writeGuardImageTag(tag);
      console.log(`the tag of the guard’s image is ${tag}; manifests with it: npm run synth`);
    } finally {
      rmSync(outdir, { recursive: true });
    }
  });

run(() => program.parseAsync());
