/** The address of a server. */
export interface ServerAddress {
  /** Host name or IP address; an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
}

const LARGEST_PORT = 65_535;

/** `host:port`, with brackets around an IPv6 address. */
const FORM = /^(?:([^\s:,/[\]]+)|\[([\da-f:.]+)\]):(\d{1,5})$/i;

/** @returns undefined if the text is not of the form `host:port` */
export function parseServerAddress(text: string): ServerAddress | undefined {
  const [, name, address, digits] = FORM.exec(text) ?? [];
  const host = name ?? address;
  const port = Number(digits);
  return host === undefined || !(port >= 1 && port <= LARGEST_PORT) ? undefined : { host, port };
}
