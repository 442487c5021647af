/** The construct of a component has the name of its folder, or one of these names. */
const CONSTRUCTS =
  '^src/(kubernetes/|manifests/app|platform/(parts|kafka-platform)|components/(([a-z-]+)/\\4|kafka-cluster/(broker-(config|guard|services|set)|live-config|metrics-reporter|placement)|prometheus/prometheus-operator|(topics/topic|schemas/schema)-provisioning|smoke-test/smoke-test-job)\\.ts$)';

/** Code of components and the platform that starts, checks or changes a running platform. */
const RUNNING_PARTS = [
  '^src/components/[a-z-]+/(check|local|distribution)\\.ts$',
  '^src/platform/smoke-test\\.ts$',
  '/components/kafka-cluster/(checks|cluster-config|features|guard|reassignment)/',
  '/components/lag-exporter/(first-visible|inquiry|log-memory|read-[a-z-]+|snapshot)\\.ts$',
  '/components/schemas/(round-trip|schemas-check)\\.ts$',
  '/components/smoke-test/(kubernetes-services|smoke-test)\\.ts$',
  '/components/(schema-registry/apicurio-security|kafka-cluster/security/java-client)\\.ts$',
  '/components/users/(acl-text|apply|changes|format-plan|live-users|plan|read-plan|target|trial-login|verify)\\.ts$',
  '/components/topics/(apply|inheritance|live-topics|requests|until-brokers-serve|without-the-gone)\\.ts$',
];

/**
 * Which parts of the sources may depend on which, with the reason for each boundary. eslint.config.mjs restricts the
 * imports of single files.
 */
export default {
  forbidden: [
    {
      name: 'no-circle-of-folders',
      comment: 'Parts of a circle can only be understood, tested and moved together.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/((?!components$)[^/]+|components/[^/]+)$' },
      to: { circular: true, path: '^src/((?!components$)[^/]+|components/[^/]+)$' },
    },
    {
      name: 'src-is-a-package',
      comment:
        'A fork edits platform/, examples may be deleted, and a project that imports the package has its own: pass in what is needed of it.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(platform|examples|scripts|tools|test|bench)/' },
    },
    {
      name: 'programs-know-no-tests',
      comment: 'Tests may be deleted or moved without breaking a program; what both use stands in tools/.',
      severity: 'error',
      from: { path: '^(scripts|bench|tools)/' },
      to: { path: '^test/|^examples/[^/]+/test/' },
    },
    {
      name: 'only-commands-know-the-program',
      comment: 'Commands use the library; what a command does can be called without the program.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'only-synth-loads-cdk8s',
      comment: 'A command that renders nothing starts without it, also where it is not installed.',
      severity: 'error',
      from: { path: '^src/(cli|config)', pathNot: '^src/cli/(main|program|synth)\\.ts$' },
      to: { path: '^node_modules/(cdk8s|constructs)', reachable: true },
    },
    {
      name: 'components-know-no-composition',
      comment: 'A component knows those that it is connected to, never the platform that it is put into.',
      severity: 'error',
      from: {
        path: '^src/(avro|components|kubernetes|monitoring|validation|kafka-settings|smoke|protocol|client|processes|registry-client)/',
      },
      to: { path: '^src/(platform|local|deploy|workloads|status)/' },
    },
    {
      name: 'the-client-stands-alone',
      comment:
        'It serves any project and any topics: of this package it uses the wire protocol, the schemas and the registry, and the words of messages.',
      severity: 'error',
      from: { path: '^src/client/' },
      to: {
        path: '^(platform|examples|src)/',
        pathNot:
          '^src/(client|protocol|avro|registry-client|waiting)/|^src/validation/(command-line|error-chain|message-of|nearest-name|units|user-error)\\.ts$',
      },
    },
    {
      name: 'the-client-reaches-no-component',
      comment: 'Nor through what it uses.',
      severity: 'error',
      from: { path: '^src/client/' },
      to: { path: '^(platform|examples|src/(components|platform|local|deploy|status))/', reachable: true },
    },
    {
      name: 'examples-use-public-entries',
      comment: 'What an example imports, a project that installs the package can import, too.',
      severity: 'error',
      from: { path: '^examples/(catalogue/|shop/|[^/]+\\.ts$)', pathNot: '^examples/[^/]+/(e2e|test)/' },
      to: { path: '^(platform|scripts|src|tools|test)/', pathNot: '^src/(client/index|config)\\.ts$' },
    },
    {
      name: 'no-cdk8s-at-runtime',
      comment: 'The runtime image has no cdk8s: what runs needs the models of components, never their constructs.',
      severity: 'error',
      from: {
        path: '^(examples/shop/(programs|src|checker)|src/(workloads|avro|client|console|dead-letters|deploy|local|processes|protocol|registry-client|smoke|status|validation|waiting))/',
      },
      to: { path: '^node_modules/(cdk8s|constructs)', reachable: true },
    },
    {
      name: 'only-constructs-import-cdk8s',
      comment: 'All else can be read, tested and run without it.',
      severity: 'error',
      from: { path: '^src/', pathNot: CONSTRUCTS },
      to: { path: '^node_modules/(cdk8s|constructs)' },
    },
    {
      name: 'rendering-runs-nothing',
      comment: 'What is rendered depends on nothing that runs, and talks to no cluster.',
      severity: 'error',
      from: {
        path: '^src/(components|kafka-settings|kubernetes|manifests|monitoring|platform|validation)/',
        pathNot: RUNNING_PARTS,
      },
      to: {
        path: [
          '^src/(client|dead-letters|deploy|local|processes|protocol|smoke|status|workloads)/|^node_modules/kafkajs',
          '^src/(platform|components/smoke-test)/smoke-test\\.ts$|^src/components/[a-z-]+/(checks/|local\\.ts$)',
        ],
        // Names of a retry chain's topics, of variables and of what ACLs are about, and the type of a connection.
        pathNot: '^src/(client/(retry/retry-chain|security-variables)|protocol/(acl-codes|connection))\\.ts$',
      },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: '^node_modules' },
  },
};
