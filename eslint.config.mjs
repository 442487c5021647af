import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** What may not be imported where, as one list: eslint replaces the options of a rule, it never merges them. */
const CDK8S = {
  regex: '^(cdk8s|constructs)',
  message: 'The running side carries no cdk8s: the runtime image has none.',
};
const KAFKAJS = { regex: '^kafkajs', message: 'The synth side only renders; it never talks to a cluster.' };
const SYNTH = {
  regex: '/(constructs|charts)(/|$)',
  message: 'The flow goes config -> render -> constructs -> charts, never back.',
};
const RUNTIME = {
  regex: '/(client|wire|embedded|exporter|guard|kubernetes|smoke|status|workloads)(/|$)',
  message: 'What is rendered must not depend on what runs.',
};
const CHARTS = { regex: '/charts(/|$)', message: 'Charts wire constructs; a construct never knows its chart.' };
const OTHER_PLUS = {
  regex: '^cdk8s-plus-(?!27)',
  message: 'The CLI brings its own cdk8s-plus; classes of two versions must not mix.',
};

const wall = (files, ...patterns) => ({
  files,
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [OTHER_PLUS, ...patterns] }] },
});

const NO_ENVIRONMENT = [
  {
    selector: 'MemberExpression[object.name="process"][property.name="env"]',
    message: 'Pass settings in; only entry points read the environment.',
  },
  {
    selector: 'MemberExpression[object.name="process"][property.name="argv"]',
    message: 'Pass settings in; only entry points read arguments.',
  },
];

export default tseslint.config(
  { ignores: ['node_modules', 'manifests', '.platform', 'coverage', 'dist'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Four positional arguments cannot be told apart at the call; an object can.
      'max-params': ['error', 3],
      // A new member of a union has to be handled everywhere before it compiles.
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Types vanish at run time; their imports must not load modules.
      '@typescript-eslint/consistent-type-imports': 'error',
      // Numbers read well in messages; objects do not.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => process.exit()` and friends read better than a block.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A promise nobody awaits hides its failure.
      '@typescript-eslint/no-floating-promises': 'error',
      // Files stay small enough to be read in one go.
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
    },
  },
  wall(['src/config/**', 'src/topics/catalogue.ts', 'src/render/**'], CDK8S, KAFKAJS, SYNTH, RUNTIME),
  wall(['src/constructs/**'], KAFKAJS, RUNTIME, CHARTS),
  wall(['charts/**'], KAFKAJS, RUNTIME),
  wall(
    [
      'src/{client,embedded,exporter,guard,kubernetes,prometheus,schemas,smoke,status,topics,wire,workloads}/**',
      'examples/**',
    ],
    CDK8S,
    SYNTH,
  ),
  {
    // Settings come in through the configuration or as arguments, so that what runs can be told from what is passed.
    files: ['src/**', 'charts/**', 'examples/**'],
    ignores: ['src/workloads/**', 'charts/main.ts', 'src/embedded/{jdk,local-process}.ts'],
    rules: { 'no-restricted-syntax': ['error', ...NO_ENVIRONMENT] },
  },
  {
    // A row of a table is spread over the arguments of its test.
    files: ['test/**'],
    rules: { 'max-params': 'off' },
  },
  {
    files: ['**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
  },
  prettier,
);
