import { codeBlocksOf, readPage, type CodeBlock } from '../support/documentation';
import { EmptyProjects, type EmptyProject } from '../support/empty-project';

const GUIDE_FILES = ['platform/index.ts', 'clients.ts', 'billing.ts', 'send.ts'];
const NO_BROKER = '127.0.0.1:1';

let projects: EmptyProjects;
beforeAll(() => {
  projects = new EmptyProjects();
});
afterAll(() => projects.remove());

/** @throws with the output if it fails */
async function succeeds(project: EmptyProject, lines: string): Promise<string> {
  const { code, stdout, stderr } = await project.run(lines);
  if (code !== 0) throw new Error(`${lines}\nended with ${code}:\n${stdout}${stderr}`);
  return stdout;
}

const shellOf = (blocks: readonly CodeBlock[]): readonly string[] =>
  blocks.filter(({ language }) => language === 'sh').map(({ code }) => code);

describe('the page on using the package as a library', () => {
  const blocks = codeBlocksOf(readPage('docs/getting-started/library.md'));
  const [inCheckout, install = '', newId = '', render = '', commands = ''] = shellOf(blocks);

  it('has commands and files that work in an empty directory', async () => {
    const project = projects.add('library');
    expect(inCheckout).toContain('npm pack');
    await succeeds(project, install);
    for (const { from = '', code } of blocks)
      if (from.startsWith('examples/import/') && !code.includes('…'))
        project.write(from.slice('examples/import/'.length), code);
    expect(await succeeds(project, newId)).toMatch(/^[\w-]{22}$/m);
    await succeeds(project, `${render}test -f dist/orders.k8s.yaml`);
    const isRunnable = (line: string): boolean => !line.includes('deploy');
    const lines = commands.split('\n').filter(isRunnable).join('\n').replace('kafka.example.com:9092', NO_BROKER);
    const { code, stdout, stderr } = await project.run(lines);
    expect(stderr).toContain(`No broker answers (${NO_BROKER}`);
    expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('manifests/production') as string });
  });
});

describe('the guide to a consumer with retries', () => {
  const { file, text } = readPage('docs/guides/consumer-with-retries.md');
  const blocks = codeBlocksOf({ file, text: text.slice(text.indexOf('## In an empty project')) });
  const [install = '', start = '', end = ''] = shellOf(blocks);
  const [list = '', stop = ''] = end.split('\n');
  let project: EmptyProject;

  beforeAll(async () => {
    project = projects.add('billing');
    const printed = await succeeds(project, install);
    const id = printed.trim().split('\n').at(-1) ?? '';
    const code = blocks
      .filter(({ language }) => language === 'ts')
      .map((block) => block.code.replace("'…'", `'${id}'`));
    expect(code).toHaveLength(GUIDE_FILES.length);
    GUIDE_FILES.forEach((name, index) => project.write(name, code[index] ?? ''));
  });
  afterAll(() => project.run(stop));

  it('has programs that compile', async () => {
    const options = '--noEmit --strict --target ES2022 --module Node16 --types node';
    await succeeds(project, `npx tsc ${options} ${GUIDE_FILES.join(' ')}`);
  });

  it('has a consumer that reports the missing brokers, and ends with one line and an exit code', async () => {
    const lines = `export NODE_OPTIONS='--import tsx'\nKAFKA_BOOTSTRAP_SERVERS=${NO_BROKER} node billing.ts`;
    const { code, stderr } = await project.run(lines);
    expect(stderr).toMatch(`kafka: no answer from ${NO_BROKER} (`);
    expect(stderr.trim().split('\n').at(-1)).toContain('ECONNREFUSED');
    expect({ code, hasStack: /^ +at /m.test(stderr) }).toEqual({ code: 1, hasStack: false });
  });

  it('has commands and programs that bill, retry and keep dead letter records', async () => {
    // The records are in several partitions, and come in any order; none is kept when it is sent.
    const isOver = `grep -q 'billed: first' billed.txt && grep -q 'billed: last' billed.txt && ${list} | grep -q customer`;
    const bill = `${start}
      node billing.ts > billed.txt &
      consumer=$!
      node send.ts
      for second in $(seq 120); do if ${isOver}; then break; fi; sleep 1; done
      kill $consumer
      wait $consumer
      cat billed.txt`;
    const said = await succeeds(project, bill);
    for (const line of [
      'first: delivered',
      'wrong: delivered',
      'waiting for invoices',
      'billed: first',
      'billed: last',
    ])
      expect(said).toContain(line);
    const dead = await succeeds(project, `export NODE_OPTIONS='--import tsx'\n${end}`);
    expect(dead).toContain('there is no such customer');
  });
});
