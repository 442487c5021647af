import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Restrictions of imports as one list: eslint replaces the options of a rule and does not merge them. */
const CDK8S = {
  regex: '^(cdk8s|constructs)',
  message: 'The running side carries no cdk8s: the runtime image has none.',
};
const KAFKAJS = { regex: '^kafkajs', message: 'The synth side only renders; it never talks to a cluster.' };
const OTHER_PLUS = {
  regex: '^cdk8s-plus-(?!27)',
  message: 'The CLI brings its own cdk8s-plus; classes of two versions must not mix.',
};

const SHOP = {
  regex: '/shop(/|$)',
  message: 'The shop can be deleted, and all else must work without it: use examples/catalogue.',
};

const boundary = (files, ...patterns) => ({
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
  // Separate projects, which their tests compile.
  {
    ignores: [
      'node_modules',
      'manifests',
      '.platform',
      'coverage',
      'dist',
      'examples/import',
      'examples/client-project',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Four positional arguments cannot be told apart at the call; properties of an object can.
      'max-params': ['error', 3],
      // A new member of a union does not compile until it is handled everywhere.
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Types do not exist at run time, so imports of types must not load modules.
      '@typescript-eslint/consistent-type-imports': 'error',
      // Numbers are readable in messages; objects are not.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Short forms such as `() => process.exit()` are more readable than a block.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A promise that is not awaited hides its failure.
      '@typescript-eslint/no-floating-promises': 'error',
      // Files stay small enough to be read at once.
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
    },
  },
  boundary(['src/**']),
  boundary(['src/{kafka-settings,kubernetes,manifests,monitoring,platform,validation}/**'], KAFKAJS),
  boundary(['platform/**'], KAFKAJS),
  boundary(
    [
      'src/{client,dead-letters,deploy,local,processes,protocol,status,validation,workloads}/**',
      'src/components/*/{model,props,rules,check,local,alerts}.ts',
    ],
    CDK8S,
  ),
  boundary(
    ['platform/**', 'examples/catalogue/**/*.ts', 'examples/shop/{*.ts,{checker,programs,schemas,src}/**/*.ts}'],
    CDK8S,
  ),
  boundary(['examples/*.ts'], CDK8S, SHOP),
  boundary(['src/cli/**'], CDK8S),
  boundary(['{bench,scripts,test,tools}/**/*.ts'], SHOP),
  {
    // Settings come from the configuration or arguments, so that the behaviour follows from what is passed in.
    files: ['src/**', 'examples/**'],
    ignores: [
      'src/workloads/**',
      'examples/shop/programs/**',
      'examples/*/test/**',
      'src/cli/{main,synth}.ts',
      'src/processes/{jdk,local-process}.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', ...NO_ENVIRONMENT] },
  },
  {
    files: ['test/**', 'examples/*/test/**'],
    rules: {
      // A row of a table is spread over the arguments of its test.
      'max-params': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'CallExpression[callee.property.name="producer"][arguments.length=0]',
          message: 'It writes a record twice when an answer is late; use writeOnce of test/support.',
        },
        {
          selector:
            'CallExpression[callee.object.name="admin"][callee.property.name="createTopics"]:not(:has(Property[key.name="waitForLeaders"]))',
          message: 'It fails when a broker does not know the topic yet; use makeTopics of test/support.',
        },
      ],
    },
  },
  {
    // Files generated from an empty catalogue have no members.
    files: ['**/schemas/{events,event-schemas}.ts'],
    rules: {
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      '@typescript-eslint/no-empty-object-type': 'off',
    },
  },
  {
    // Generated tables have one line for each setting of Kafka.
    files: ['src/kafka-settings/settings-*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
  },
  prettier,
);
