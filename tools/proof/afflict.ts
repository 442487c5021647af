import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './faults';
import type { Fleet } from './fleet';
import type { World } from './world';

/** Causes the faults at their times. Resolves when all faults have ended and every broker is running. */
export async function afflict(world: World, fleets: readonly Fleet[], faults: readonly Fault[]): Promise<void> {
  const begin = Date.now();
  const healing = faults.map(async (fault) => {
    await delay(Math.max(0, begin + fault.atMs - Date.now()));
    await happen(world, fleets, fault);
  });
  await Promise.all(healing);
  for (const proxy of world.proxies) proxy.heal();
}

async function happen(world: World, fleets: readonly Fleet[], fault: Fault): Promise<void> {
  switch (fault.kind) {
    case 'drop':
      world.proxy(fault.broker).dropAnswers(fault.answersTo, fault.count);
      return;
    case 'cut':
      world.proxy(fault.broker).cutAll();
      return;
    case 'refuse':
      world.proxy(fault.broker).isRefusing = true;
      world.proxy(fault.broker).cutAll();
      await delay(fault.forMs);
      world.proxy(fault.broker).isRefusing = false;
      return;
    case 'delay':
      world.proxy(fault.broker).delayMs = fault.byMs;
      await delay(fault.forMs);
      world.proxy(fault.broker).delayMs = 0;
      return;
    case 'kill broker':
      await world.killBroker(fault.broker, fault.downMs);
      return;
    case 'kill consumer':
      for (const fleet of fleets) fleet.kill(fault.pick);
      return;
    case 'freeze consumer':
      await Promise.all(fleets.map((fleet) => fleet.freeze(fault.pick, fault.forMs)));
      return;
    case 'scale consumers':
      await Promise.all(fleets.map((fleet) => fleet.scale(fault.to)));
      await delay(fault.forMs);
      await Promise.all(fleets.map((fleet) => fleet.scale(1)));
  }
}
