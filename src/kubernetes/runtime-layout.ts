/** Working directory of the runtime image and of the guard's. */
export const RUNTIME_DIRECTORY = '/app';

/** Subdirectory of the guard's image with the jar files of the brokers' metrics reporter. */
export const REPORTER_FOLDER = 'metrics-reporter';

export const REPORTER_DIRECTORY = `${RUNTIME_DIRECTORY}/${REPORTER_FOLDER}`;
