/** The index of the reference's pages. */
export const indexPage = (): string => `# Reference

All of these pages are written by \`npm run reference\` from the code; a test fails while they are not up to date.

| page | content |
| --- | --- |
| [Configuration](configuration.md) | every setting of an environment: type, unit, default, limits, meaning |
| [Commands](commands.md) | every command with its options |
| [Alerts](alerts.md) | every alert: rule, severity, texts; each with a [runbook](../runbooks/README.md) |
| [Metrics](metrics.md) | every metric that exporter, clients and brokers export |
| [Network connections](network.md) | what may connect to what, and all ports |
| [Roles of users](roles.md) | what each role of a user allows |
| [API](api/README.md) | the package: \`kafka-platform\`, \`kafka-platform/config\`, \`kafka-platform/client\` |

[Relations of settings](../concepts/relations-of-settings.md) says what is derived from what, and which contradictions are refused.
`;
