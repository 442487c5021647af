import definition from '../../platform';
import type { Component } from '../../src/components/component';
import { flowsBetween, type Flow } from '../../src/components/derived';
import { componentsOf } from '../../src/platform/components';
import { platformOf } from '../../src/platform/project';
import { code, table } from './markdown';

const ENVIRONMENT = 'kind';

/** All allowed connections. */
export function networkPage(): string {
  const components = componentsOf(platformOf({ file: 'platform/index.ts', definition }, ENVIRONMENT));
  const rows = flowsBetween(components)
    .map(({ from, to, port, number }: Flow) => [code(from.name), code(to.name), port, String(number)])
    .sort((a, b) => a.join().localeCompare(b.join()));
  return `# Network connections

Everything that may connect, as the network policies of \`${ENVIRONMENT}\` allow it; every other connection between pods of the namespace, into it and out of it
is denied, except questions to the DNS (\`network.dns\`). Names are \`app.kubernetes.io/component\`; \`client\` stands for every pod with the label
\`kafka-platform/client: "true"\`. The policies are derived from what each component declares in its \`model.ts\`.

${table([['from', 'to', 'port', 'number'], ...rows])}

## Ports

${table([['component', 'ports', 'Kubernetes Service for people', 'metrics'], ...components.map(portsOf)])}
`;
}

const portsOf = ({ name, ports, web, metrics = [] }: Component): readonly string[] => [
  code(name),
  Object.entries(ports)
    .map(([port, number]) => `${port} ${number}`)
    .join(', '),
  web === undefined ? '' : `\`${web.service}:${web.port}\`, path \`${web.path}\``,
  metrics.map(({ path, port, job }) => `\`${path}\` on ${port}, job \`${job}\``).join('; '),
];
