import { aclRefusals, encodeAcl, type Acl, type AclRefusal } from './acl';
import type { Request } from './request';

/**
 * CreateAcls v3, with the reasons of rejections. An ACL that exists already is not an error. ACLs are created
 * independently: a rejected one does not prevent the others. Brokers accept operations that the resource does not have.
 */
export const createAcls = (acls: readonly Acl[]): Request<readonly AclRefusal[]> => ({
  apiKey: 30,
  version: 3,
  encode: (body) => void body.array(acls, (acl) => encodeAcl(body, acl)).noTags(),
  decode: (body) => {
    body.int32();
    const answers = body.array(() => {
      const answer = { code: body.int16(), message: body.nullableString() };
      body.skipTags();
      return answer;
    });
    return aclRefusals(acls, answers);
  },
});
