/** Value of `app.kubernetes.io/component`, and the name of this component in other components and tools. */
export const SCHEMA_REGISTRY = 'registry';
