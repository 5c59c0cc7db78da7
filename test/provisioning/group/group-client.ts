import type { ScimAnswer, ScimClient } from '../client.ts';

type Body = Readonly<Record<string, unknown>>;

/** `/Groups` in the words of a client. */
export interface GroupClient {
  post(group: Body, query?: string): Promise<ScimAnswer>;
  /** POST that must succeed; answers the id. */
  create(group: Body): Promise<string>;
  get(id: string, query?: string): Promise<ScimAnswer>;
  find(filter: string, more?: string): Promise<ScimAnswer>;
  put(id: string, group: Body, headers?: Readonly<Record<string, string>>): Promise<ScimAnswer>;
  patch(id: string, ...operations: readonly Body[]): Promise<ScimAnswer>;
  /** PATCH under If-Match. */
  patchIf(version: string, id: string, ...operations: readonly Body[]): Promise<ScimAnswer>;
  delete(id: string): Promise<ScimAnswer>;
  /** The ids of the members, as GET answers them. */
  members(id: string): Promise<string[]>;
}

const whole = (group: Body): Body => ({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], ...group });
const message = (operations: readonly Body[]): Body => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [...operations],
});

export const groupClient = (scim: ScimClient): GroupClient => {
  const client: GroupClient = {
    post: (group, query = '') => scim.send('POST', `/Groups${query}`, whole(group)),
    async create(group) {
      const { status, json, text } = await client.post(group);
      if (status !== 201) throw new Error(`POST answered ${status}: ${text}`);
      return String(json.id);
    },
    get: (id, query = '') => scim.get(`/Groups/${id}${query}`),
    find: (filter, more = '') => scim.get(`/Groups?filter=${encodeURIComponent(filter)}${more}`),
    put: (id, group, headers) => scim.send('PUT', `/Groups/${id}`, whole(group), headers),
    patch: (id, ...operations) => scim.send('PATCH', `/Groups/${id}`, message(operations)),
    patchIf: (version, id, ...operations) =>
      scim.send('PATCH', `/Groups/${id}`, message(operations), { 'if-match': version }),
    delete: (id) => scim.send('DELETE', `/Groups/${id}`),
    async members(id) {
      const { json } = await client.get(id);
      return ((json.members ?? []) as unknown as { value: string }[]).map(({ value }) => value);
    },
  };
  return client;
};
