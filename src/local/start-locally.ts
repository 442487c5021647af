import type { Platform } from '../platform/load';
import type { Subject } from '../avro/subject';
import type { Progress } from '../console/progress';
import { LocalPlatform } from './local-platform';
import { LocalServices } from './local-services';
import { localRuntime } from './runtime';
import { findServicePrograms } from './service-programs';
import { applyLocalUsers } from './security/users';
import { StateDirectory } from './state';

interface StartProps {
  readonly config: Platform;
  /** Subjects of the schemas to register. @default none */
  readonly subjects?: readonly Subject[];
  readonly progress: Progress;
  /** Called when a broker ends without having been stopped. */
  readonly onCrash: (error: Error) => void;
}

/** A local platform: its brokers and other processes. */
export interface Local {
  readonly platform: LocalPlatform;
  readonly services: LocalServices;
  stop(): Promise<void>;
}

/** Starts the brokers, then the other processes as soon as the brokers accept clients. */
export async function startLocally({ config, subjects = [], progress, onCrash }: StartProps): Promise<Local> {
  const runtime = await localRuntime(config, progress);
  const finding = findServicePrograms(config, progress);
  // Awaited only after the brokers have started: their failure is reported first.
  finding.catch(() => undefined);
  const platform = await LocalPlatform.start({ config, runtime, progress, onCrash });
  try {
    const { layout } = platform;
    const directory = new StateDirectory(config);
    if (config.security.mode === 'tls')
      await progress.step('users applied', (note) => applyLocalUsers({ config, layout, directory }, note));
    const say = (line: string): void => progress.line(line);
    const services = await LocalServices.start({ config, platform, programs: await finding, subjects, say });
    const stop = async (): Promise<void> => {
      // The registry leaves its consumer group when it stops, which needs the brokers.
      await services.stop();
      await platform.stop();
    };
    return { platform, services, stop };
  } catch (error) {
    await platform.stop();
    throw error;
  }
}
