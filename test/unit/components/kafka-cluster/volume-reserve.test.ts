import { firstPool } from '../../../../tools/support/first-pool';
import { volumeReserve } from '../../../../src/components/kafka-cluster/start-script';
import { OWN_VOLUME, config, start } from '../../../support/start-script';

describe('the start script keeps space back on the volume', () => {
  const bytes = volumeReserve(firstPool(config.brokers).storage.size);
  const blocks = bytes / 4_096;

  it('once there is twice as much', async () => {
    const { reserved, stderr } = await start({ meta: OWN_VOLUME, freeBlocks: Math.ceil(2.1 * blocks) });
    expect(reserved).toMatch(new RegExp(`^-l ${bytes} /`));
    expect(stderr).toMatch(/kafka-server-start\.sh/);
    expect((await start({ meta: OWN_VOLUME, freeBlocks: Math.floor(1.9 * blocks) })).reserved).toBeUndefined();
  });

  it('until the volume is full, and says what to do then', async () => {
    const full = await start({ meta: OWN_VOLUME, freeBlocks: Math.floor(0.2 * blocks), isReserved: true });
    expect(full.reserved).toBeUndefined();
    expect(full.stdout).toMatch(/the volume is full: its reserve of .* is given up; lower the retention/);
    expect(full.stderr).toMatch(/kafka-server-start\.sh/);
    expect((await start({ meta: OWN_VOLUME, freeBlocks: Math.ceil(0.3 * blocks), isReserved: true })).reserved).toBe(
      'reserved',
    );
  });

  it('and starts without where the file system cannot', async () => {
    const before = 'fallocate() { echo some > "$3"; return 1; }';
    const { reserved, stdout, stderr } = await start({ meta: OWN_VOLUME, freeBlocks: Math.ceil(3 * blocks), before });
    expect([reserved, stdout]).toEqual([undefined, expect.stringMatching(/no space is reserved/)]);
    expect(stderr).toMatch(/kafka-server-start\.sh/);
  });
});
