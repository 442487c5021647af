import { UserError } from '../console/user-error';

throw new UserError('analytics is not written yet.', 'leave it out: set its replicas to 0');
