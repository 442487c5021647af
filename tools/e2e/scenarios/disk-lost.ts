import { underLoad } from '../scenario';
import { loseVolume } from '../volumes';
import { untilAllVote } from '../voters';
import { describeCluster } from '../world';

const VOTER_MS = 120_000;

/** The volume of the active controller is lost. Its node joins the quorum with an empty one, without a command. */
export const diskLost = underLoad(
  'the volume of the active controller is lost',
  async (world) => {
    const { activeController } = await describeCluster(world);
    const started = Date.now();
    await loseVolume(world, activeController);
    await untilAllVote(world, VOTER_MS);
    const seconds = ((Date.now() - started) / 1_000).toFixed(0);
    return { summary: `node ${activeController} is a voter again after ${seconds} s`, restarts: [activeController] };
  },
  { longestStallMs: 3_000, durationMs: 60_000 },
);
