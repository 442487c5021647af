const project = (name, extra = {}) => ({
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform: { '^.+\\.ts$': ['ts-jest', { isolatedModules: true, diagnostics: false }] },
  ...extra,
});

/** Types are checked by `npm run lint`; integration tests share brokers and run one after another. */
export default {
  projects: [
    project('unit'),
    project('manifests'),
    project('integration', {
      globalSetup: '<rootDir>/test/support/start-brokers.ts',
      globalTeardown: '<rootDir>/test/support/stop-brokers.ts',
    }),
  ],
  testTimeout: 60_000,
};
