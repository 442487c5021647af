import { liveSettings, nodesIn } from '../components/kafka-cluster/guard/live-settings';
import type { GuardFile, GuardSettings } from '../components/kafka-cluster/guard/settings';
import { jsonFile, required } from './environment';

/** What the guard of this pod knows. */
export const ownGuardSettings = (): GuardSettings =>
  liveSettings(jsonFile('GUARD_SETTINGS') as GuardFile, nodesIn(required('GUARD_BROKERS')));
