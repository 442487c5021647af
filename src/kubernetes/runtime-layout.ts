/** Working directory of the runtime image. */
export const RUNTIME_DIRECTORY = '/app';

/** Subdirectory with the jar files of the brokers' metrics reporter. */
export const REPORTER_FOLDER = 'metrics-reporter';

export const REPORTER_DIRECTORY = `${RUNTIME_DIRECTORY}/${REPORTER_FOLDER}`;
