const project = (name, extra = {}) => ({
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  transform: { '^.+\\.ts$': ['ts-jest', { diagnostics: false }] },
  ...extra,
});

/** Types are checked by `npm run lint`; integration tests start real brokers and run one after another. */
export default {
  projects: [project('unit'), project('manifests'), project('integration')],
  testTimeout: 180_000,
};
