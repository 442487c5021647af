import { aclRefusals, decodeAclGrant, decodeAclResource, encodeAcl, type Acl, type AclRefusal } from './acl';
import type { Request } from './request';

/**
 * DeleteAcls v3 of exactly these ACLs, with the reasons of rejections. An ACL that does not exist is not an error. ACLs
 * are deleted independently: a rejected one does not prevent the others.
 */
export const deleteAcls = (acls: readonly Acl[]): Request<readonly AclRefusal[]> => ({
  apiKey: 31,
  version: 3,
  encode: (body) => void body.array(acls, (acl) => encodeAcl(body, acl)).noTags(),
  decode: (body) => {
    body.int32();
    const answers = body.array(() => {
      const ofFilter = { code: body.int16(), message: body.nullableString() };
      const ofMatches = body.array(() => {
        const ofMatch = { code: body.int16(), message: body.nullableString() };
        decodeAclResource(body);
        decodeAclGrant(body);
        body.skipTags();
        return ofMatch;
      });
      body.skipTags();
      return [ofFilter, ...ofMatches].find(({ code }) => code !== 0) ?? ofFilter;
    });
    return aclRefusals(acls, answers);
  },
});
