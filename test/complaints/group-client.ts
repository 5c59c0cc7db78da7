import { groupSchema } from '../../modules/scim/index.ts';
import type { Json, ScimAnswer, ScimClient } from '../provisioning/client.ts';

type Operation = Readonly<Record<string, unknown>>;

/** What the complaints need of groups, over HTTP. */
export interface GroupClient {
  /** POST /Groups that must succeed; answers the id. */
  create(displayName: string, members?: readonly string[]): Promise<string>;
  patch(id: string, ...operations: readonly Operation[]): Promise<ScimAnswer>;
  /** The values of the members, sorted. */
  members(id: string): Promise<string[]>;
}

const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** The values of members, as they go into a message. */
export const values = (ids: readonly string[]) => ids.map((value) => ({ value }));

/** A list as JSON holds it; none where there is no list. */
export const listed = (list: Json | undefined): Json[] => (Array.isArray(list) ? list : []);

export function groupClient(scim: ScimClient): GroupClient {
  return {
    async create(displayName, members) {
      const body = { schemas: [groupSchema.id], displayName, ...(members ? { members: values(members) } : {}) };
      const { status, json, text } = await scim.send('POST', '/Groups', body);
      if (status !== 201) throw new Error(`POST /Groups answered ${status}: ${text}`);
      return String(json.id);
    },
    patch: (id, ...operations) =>
      scim.send('PATCH', `/Groups/${id}`, { schemas: [patchSchema], Operations: [...operations] }),
    async members(id) {
      const { json } = await scim.get(`/Groups/${id}`);
      return listed(json.members)
        .map(({ value }) => String(value))
        .sort();
    },
  };
}
