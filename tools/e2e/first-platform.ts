import { definePlatform } from '../../src/platform/definition';
import { first } from './grown-platform';

/** For the commands, by `--config`; two environments of one definition may not be the same cluster. */
export default definePlatform({ environments: { first } });
