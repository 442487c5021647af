import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { holdFree, release } from '../../../src/local/free-ports';

/** First port of outgoing connections: of this Linux, and of other systems. */
const RANGE = '/proc/sys/net/ipv4/ip_local_port_range';
const ELSEWHERE = 49_152;
const FILE = join(__dirname, '../../../src/local/free-ports.ts');

const ports = async (count: number): Promise<readonly number[]> => Promise.all((await holdFree(count)).map(release));

/** Free ports as another process finds them. */
async function inAnotherProcess(count: number): Promise<readonly number[]> {
  const program = `const { holdFree, release } = require(${JSON.stringify(FILE)});
    holdFree(${count}).then(async (held) => console.log(JSON.stringify(await Promise.all(held.map(release)))));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', '--eval', program]);
  return JSON.parse(stdout) as number[];
}

describe('free ports', () => {
  it('are none that the system gives to outgoing connections', async () => {
    const [first = 0] = existsSync(RANGE) ? readFileSync(RANGE, 'utf8').split('\t').map(Number) : [ELSEWHERE];
    expect(Math.max(...(await ports(100)))).toBeLessThan(first);
  });

  it('are not given a second time, although the first ones are free again', async () => {
    const first = await ports(20);
    expect((await ports(20)).filter((port) => first.includes(port))).toEqual([]);
  });

  it('are others in two processes that look at the same moment', async () => {
    const [one, other] = await Promise.all([inAnotherProcess(20), inAnotherProcess(20)]);
    expect(one.filter((port) => other.includes(port))).toEqual([]);
  });
});
