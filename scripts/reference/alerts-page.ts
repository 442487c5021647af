import definition from '../../platform';
import { alertsByGroup } from '../../src/components/derived';
import type { Alert } from '../../src/monitoring/alert';
import { prometheusDuration } from '../../src/monitoring/duration';
import { componentsOf } from '../../src/platform/components';
import { platformOf } from '../../src/platform/project';
import { code, table } from './markdown';

/** This environment has all alerts, including those of several registry replicas. */
const ENVIRONMENT = 'production';

/** All alerts with their rules and texts. */
export function alertsPage(): string {
  const groups = alertsByGroup(componentsOf(platformOf({ file: 'platform/index.ts', definition }, ENVIRONMENT)));
  const rows = groups.flatMap(({ group, alerts }) =>
    alerts.map(({ name, severity, forMs }) => [
      `[${name}](#${name.toLowerCase()})`,
      severity,
      forMs === 0 ? 'at once' : prometheusDuration(forMs),
      group,
    ]),
  );
  return `# Alerts

The rules as \`${ENVIRONMENT}\` has them; names, sizes and numbers of brokers are those of the environment. \`critical\` wakes a person, \`warning\` waits for
working hours, \`info\` for planning. An alert fires after its expression has held for the time in the third column. Each has a
[runbook](../runbooks/README.md), to which its annotation \`runbook_url\` leads (\`monitoring.runbookUrl\`).

${table([['alert', 'severity', 'holds for', 'group'], ...rows])}

${groups.flatMap(({ alerts }) => alerts.map(section)).join('\n')}`;
}

const section = ({ name, expr, severity, forMs, summary, description }: Alert): string => `## ${name}

${severity}, ${forMs === 0 ? 'at once' : `after ${prometheusDuration(forMs)}`} · [runbook](../runbooks/${name}.md)

- summary: ${code(summary)}
- description: ${description.replaceAll('<', '&lt;')}

\`\`\`promql
${expr}
\`\`\`
`;
