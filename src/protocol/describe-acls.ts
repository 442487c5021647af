import { decodeAclGrant, decodeAclResource, type Acl } from './acl';
import { ANY } from './acl-codes';
import { requireOk, type Request } from './request';

/**
 * DescribeAcls v3: all ACLs that the queried broker knows. It receives changes with a delay. Fails with code 54 if the
 * cluster has no authorizer.
 */
export const DESCRIBE_ACLS: Request<readonly Acl[]> = {
  apiKey: 29,
  version: 3,
  encode: (body) => {
    body.int8(ANY).string(null).int8(ANY);
    body.string(null).string(null).int8(ANY).int8(ANY).noTags();
  },
  decode: (body) => {
    body.int32();
    requireOk(body.int16(), body.nullableString());
    const resources = body.array(() => {
      const resource = decodeAclResource(body);
      const grants = body.array(() => {
        const grant = decodeAclGrant(body);
        body.skipTags();
        return grant;
      });
      body.skipTags();
      return grants.map((grant) => ({ ...resource, ...grant }));
    });
    return resources.flat();
  },
};
