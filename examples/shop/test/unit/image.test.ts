import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { bundlePrograms, programsIn } from '../../../../scripts/bundle-runtime';
import { packagesOf } from '../../../../test/support/bundled';
import { applications } from '../../applications';

const SHOP = 'examples/shop/programs';
const SHOP_PROGRAMS = programsIn(SHOP);

let directory: string;
let shop: Metafile;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'bundle-'));
  shop = await bundlePrograms({ folder: SHOP, outdir: directory });
});

afterAll(() => rmSync(directory, { recursive: true }));

describe('the image of the shop', () => {
  it('has a program for each of its applications, and one that checks them', () => {
    expect(SHOP_PROGRAMS).toEqual([...Object.keys(applications), 'check'].sort());
  });

  it.each(SHOP_PROGRAMS)('has a %s without cdk8s', (program) => {
    expect(packagesOf(shop, program).filter((name) => /cdk8s|constructs/.test(name))).toEqual([]);
  });
});
