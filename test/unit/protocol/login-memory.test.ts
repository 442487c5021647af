import { LoginMemory } from '../../../src/protocol/login-memory';

let now = 0;
let memory: LoginMemory;

beforeEach(() => {
  now = 0;
  memory = new LoginMemory(() => now);
});

describe('a client', () => {
  it('that was never let in has a wrong password', () => {
    expect(memory.refuse('old')).toBe(false);
    expect(memory.next('old')).toBe('old');
  });

  it('goes on with the old password while brokers do not have the new one', () => {
    memory.accept('old');
    expect(memory.next('new')).toBe('new');
    expect(memory.refuse('new')).toBe(true);
    expect(memory.next('new')).toBe('old');
    memory.accept('old');
    expect(memory.next('new')).toBe('new');
  });

  it('tries the new password again when brokers got it just then', () => {
    memory.accept('old');
    memory.refuse('new');
    memory.refuse('old');
    expect(memory.next('new')).toBe('new');
  });

  it('that has the old password alone waits two minutes for the new one', () => {
    memory.accept('old');
    expect(memory.refuse('old')).toBe(true);
    now = 119_000;
    expect(memory.refuse('old')).toBe(true);
    expect(memory.next('new')).toBe('new');
    now = 120_000;
    expect(memory.refuse('old')).toBe(false);
  });
});
