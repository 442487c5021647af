import { name, version } from '../../package.json';
import type { ProgramImage } from '../../src/platform/add-on';

/** Programs that only the scenarios run; they are not part of the images for users. */
export const E2E_IMAGE: ProgramImage = {
  name: `${name}-e2e:${version}`,
  programs: 'tools/e2e/programs',
  dockerfile: 'tools/e2e/Dockerfile',
};
