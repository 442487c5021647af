import type { KafkaConnection } from '../../protocol/connection';
import { DESCRIBE_CLUSTER } from '../../protocol/describe-cluster';
import { LoginRefused } from '../../protocol/login-refused';
import { ask } from '../../protocol/request';
import type { UserTarget } from './target';

/**
 * Tries passwords on a cluster, the only way to find out whether one is the right one.
 * @param connection to the listener on which users log in; any user may ask for the addresses of the brokers
 */
export const trialLogin =
  (connection: Omit<KafkaConnection, 'sasl'>): UserTarget['login'] =>
  async (username, password) => {
    try {
      const sasl = { mechanism: 'scram-sha-512', username, password: () => password } as const;
      await ask({ ...connection, sasl }, DESCRIBE_CLUSTER);
      return 'ok';
    } catch (error) {
      if (error instanceof LoginRefused) return 'refused';
      throw error;
    }
  };
