/** Value of `app.kubernetes.io/component`, and the name of this component in other components and tools. */
export const APPLICATION = 'client';

/** The `job` label of the applications' series. */
export const APPLICATION_JOB = 'clients';
