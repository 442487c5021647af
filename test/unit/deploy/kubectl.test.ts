import { AnsweringKubectl, items, quickClock, refusal } from '../../support/answering-kubectl';
import { object } from '../../support/cluster-facts';

afterEach(() => jest.restoreAllMocks());

const AWAY = refusal('Unable to connect to the server: net/http: TLS handshake timeout');

/** Answers one after the other; the last one for ever. */
function answering(...answers: readonly unknown[]) {
  let next = 0;
  return new AnsweringKubectl(() => answers[Math.min(next++, answers.length - 1)]);
}

describe('a read of the API server', () => {
  it.each([
    'Unable to connect to the server: net/http: TLS handshake timeout',
    'The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?',
    'Error from server: etcdserver: request timed out',
  ])('is repeated when a server that answered is away: %s', async (text) => {
    const kubectl = answering(items(), refusal(text), items(object('a')));
    await kubectl.list('pods');
    await expect(kubectl.list('pods')).resolves.toMatchObject([{ metadata: { name: 'a' } }]);
    expect(kubectl.commands).toHaveLength(3);
  });

  it('is not repeated when no server has ever answered', async () => {
    const kubectl = answering(AWAY);
    await expect(kubectl.list('pods')).rejects.toThrow(/TLS handshake timeout/);
    expect(kubectl.commands).toHaveLength(1);
  });

  it('is not repeated when the server refuses', async () => {
    const kubectl = answering(items(), refusal('Error from server (Forbidden): pods is forbidden'));
    await kubectl.list('pods');
    await expect(kubectl.list('pods')).rejects.toThrow(/forbidden/);
    expect(kubectl.commands).toHaveLength(2);
  });

  it('of one object fails, too, when the server stays away', async () => {
    const kubectl = answering('', AWAY);
    await kubectl.find('pod', 'a');
    quickClock();
    await expect(kubectl.find('pod', 'a')).rejects.toThrow(/TLS handshake timeout/);
  });
});
