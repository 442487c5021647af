import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPassword, readText } from '../../../src/protocol/text-source';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'text-source-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('certificates and passwords', () => {
  it('are read anew each time', () => {
    const file = join(directory, 'password');
    writeFileSync(file, 'first\n');
    expect(readPassword({ file }, 'billing')).toBe('first');
    writeFileSync(file, 'second');
    expect(readPassword({ file }, 'billing')).toBe('second');
  });

  it('keep all but the line break at the end', () => {
    expect(readPassword(() => ' with spaces \r\n', 'billing')).toBe(' with spaces ');
    expect(readText(() => 'text\n', 'the text')).toBe('text\n');
  });

  it('are named with the reason when they cannot be read', () => {
    const file = join(directory, 'missing');
    expect(() => readPassword({ file }, 'billing')).toThrow(/the password of billing cannot be read: .*ENOENT/);
  });
});
