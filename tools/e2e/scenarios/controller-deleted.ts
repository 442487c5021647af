import { underLoad } from '../scenario';
import { describeCluster, podName } from '../world';

export const controllerDeleted = underLoad('deletion of the active controller’s pod', async (world) => {
  const { activeController } = await describeCluster(world);
  await world.kubectl.run(['delete', 'pod', podName(world, activeController)]);
  return { summary: `controller ${activeController}`, restarts: [activeController] };
});
