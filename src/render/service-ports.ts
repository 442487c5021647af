/** What stands around the brokers of a local platform, in the order in which its ports follow theirs. */
export const SERVICE_PORTS = ['registry', 'registryManagement', 'lagExporter', 'prometheus', 'status'] as const;

/** Port of each on the loopback interface. */
export type ServicePorts = Readonly<Record<(typeof SERVICE_PORTS)[number], number>>;
