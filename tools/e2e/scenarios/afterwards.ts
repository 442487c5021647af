import type { Scenario } from '../scenario';
import { untilProven } from '../services';
import { untilWhole } from '../world';

/** After all of the faults before: what serves beside the brokers still does, and nothing registered is lost. */
export const afterwards: Scenario = {
  name: 'everything serves after all of that',
  run: async (world) => {
    await untilWhole(world);
    return untilProven(world);
  },
};
