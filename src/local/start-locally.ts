import type { Platform } from '../platform/load';
import type { Subject } from '../avro/subject';
import type { Progress } from '../console/progress';
import { LocalPlatform } from './local-platform';
import { LocalServices } from './local-services';
import { localRuntime } from './runtime';
import { findServicePrograms } from './service-programs';

interface StartProps {
  readonly config: Platform;
  /** Of the schemas that the registry gets. @default none */
  readonly subjects?: readonly Subject[];
  readonly progress: Progress;
  /** Told of a broker that ended though nobody stopped it. */
  readonly onCrash: (error: Error) => void;
}

/** A local platform: its brokers, and the processes beside them. */
export interface Local {
  readonly platform: LocalPlatform;
  readonly services: LocalServices;
  stop(): Promise<void>;
}

/** Starts the brokers, and the processes beside them as soon as the brokers accept clients. */
export async function startLocally({ config, subjects = [], progress, onCrash }: StartProps): Promise<Local> {
  const runtime = await localRuntime(config, progress);
  const finding = findServicePrograms(config, progress);
  // Looked at only when the brokers run; a failure of theirs comes first.
  finding.catch(() => undefined);
  const platform = await LocalPlatform.start({ config, runtime, progress, onCrash });
  try {
    const say = (line: string): void => progress.line(line);
    const services = await LocalServices.start({ config, platform, programs: await finding, subjects, say });
    const stop = async (): Promise<void> => {
      // The registry leaves its consumer group, for which it would wait in vain when brokers are gone.
      await services.stop();
      await platform.stop();
    };
    return { platform, services, stop };
  } catch (error) {
    await platform.stop();
    throw error;
  }
}
