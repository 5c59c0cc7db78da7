import { variable } from '../../framework/index.ts';
import { enterpriseUserSchema } from '../schema/enterprise-user.ts';
import { groupSchema } from '../schema/group.ts';
import { userSchema } from '../schema/user.ts';

const ann = {
  schemas: [userSchema.id, enterpriseUserSchema.id],
  externalId: '00u1ann',
  userName: 'ann@example.com',
  name: { givenName: 'Ann', familyName: 'Example' },
  emails: [{ value: 'ann@example.com', type: 'work', primary: true }],
  active: true,
  [enterpriseUserSchema.id]: { department: 'Sales' },
};

const sales = { schemas: [groupSchema.id], displayName: 'Sales' };

/** What messages of each kind look like. */
export const examples = {
  user: {
    whole: ann,
    renamed: { ...ann, name: { givenName: 'Ann', familyName: 'Miller' } },
    patch: [{ op: 'replace', path: 'active', value: false }],
    filter: 'userName eq "ann@example.com"',
  },
  group: {
    whole: sales,
    renamed: { ...sales, displayName: 'Sales Europe' },
    patch: [{ op: 'add', path: 'members', value: [{ value: variable('USER_ID', '42') }] }],
    filter: 'displayName eq "Sales"',
  },
  bulk: {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
    Operations: [
      {
        method: 'POST',
        path: '/Users',
        bulkId: 'ben',
        data: { schemas: [userSchema.id], userName: 'ben@example.com' },
      },
      {
        method: 'POST',
        path: '/Groups',
        bulkId: 'team',
        data: { schemas: [groupSchema.id], displayName: 'Team', members: [{ value: 'bulkId:ben' }] },
      },
    ],
  },
} as const;
