/** The Prometheus data source selected at the top of a dashboard. */
export const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' } as const;
