import { SAMPLE_NAMES, type SampleName } from '../config/samples';

type ServicePort = 'registry' | 'registryManagement' | 'lagExporter' | 'prometheus' | 'status' | SampleName;

/** What stands around the brokers of a local platform, in the order in which its ports follow theirs. */
export const SERVICE_PORTS: readonly ServicePort[] = [
  'registry',
  'registryManagement',
  'lagExporter',
  'prometheus',
  'status',
  ...SAMPLE_NAMES,
];

/** Port of each on the loopback interface. */
export type ServicePorts = Readonly<Record<ServicePort, number>>;
