import type { ApplicationsProps } from '../components/application/props';
import { COMPONENTS } from './components';

/** The status page of a local platform. It belongs to no component. */
export const STATUS_PAGE = 'status';

type LocalComponent = Extract<(typeof COMPONENTS)[number], { readonly local: unknown }>['local'];

const LOCAL: readonly LocalComponent[] = COMPONENTS.flatMap((one) => ('local' in one ? [one.local] : []));

interface Applications {
  readonly applications: ApplicationsProps;
}

/** Name of a local process other than a broker; applications keep their names. */
export type ServiceName = string;

/** Names of all local processes other than brokers, in display order. */
export const serviceNames = ({ applications }: Applications): readonly ServiceName[] => [
  ...LOCAL.map(({ name }) => name),
  STATUS_PAGE,
  ...Object.keys(applications),
];

/** A port that every local platform has. */
export type FixedPort = LocalComponent['ports'][number] | typeof STATUS_PAGE;

export const FIXED_PORTS: readonly FixedPort[] = [...LOCAL.flatMap(({ ports }) => ports), STATUS_PAGE];

/** Names of the ports that follow the brokers' ports, in order. */
export const servicePortNames = ({ applications }: Applications): readonly string[] => [
  ...FIXED_PORTS,
  ...Object.keys(applications),
];

/** Ports on the loopback interface, by name; ports of applications by the application's name. */
export type ServicePorts = Readonly<Record<FixedPort, number>> & Readonly<Record<string, number>>;
