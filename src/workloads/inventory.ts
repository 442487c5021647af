import { UserError } from '../console/user-error';

throw new UserError('inventory is not written yet.', 'leave it out: set its replicas to 0');
