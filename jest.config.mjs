const project = (name, extra = {}) => ({
  displayName: name,
  // Tests of an example are in its folder, and go with it.
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`, `<rootDir>/examples/*/test/${name}/**/*.test.ts`],
  // What `npm run build` makes has another package.json.
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  // Examples use the imports of a project that installs the package.
  moduleNameMapper: {
    '^kafka-platform/client$': '<rootDir>/src/client/index.ts',
    '^kafka-platform/config$': '<rootDir>/src/config.ts',
  },
  transform: { '^.+\\.ts$': '<rootDir>/test/support/compile.mjs' },
  ...extra,
});

/** `npm run lint` checks the types. Integration tests start real brokers. */
export default {
  projects: [
    project('unit'),
    project('manifests'),
    project('integration', { setupFiles: ['<rootDir>/test/support/plain-console.ts'] }),
  ],
  // Longer than the time limits within tests, so that these report first what they waited for.
  testTimeout: 300_000,
};
