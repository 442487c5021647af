/** Directory of the runtime image. */
export const RUNTIME_DIRECTORY = '/app';

/** Below it, the jars of the reporter of the brokers' metrics. */
export const REPORTER_FOLDER = 'metrics-reporter';

export const REPORTER_DIRECTORY = `${RUNTIME_DIRECTORY}/${REPORTER_FOLDER}`;
