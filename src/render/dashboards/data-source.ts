/** The Prometheus that is chosen at the top of a dashboard. */
export const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' } as const;
