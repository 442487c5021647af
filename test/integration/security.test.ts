// On one broker, whose users are applied once.
import './security/access';
import './security/refusals';
import './security/clients';
