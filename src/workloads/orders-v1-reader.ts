import { UserError } from '../console/user-error';

throw new UserError('orders-v1-reader is not written yet.', 'leave it out: set its replicas to 0');
