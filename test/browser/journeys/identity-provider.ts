import { type ScimAnswer, scimClient } from '../../provisioning/client.ts';

/** The console of an identity provider, into which values are pasted, and what it sends then. */
export interface Console {
  /** The look-up with which it tests a connection. */
  test(): Promise<ScimAnswer>;
  assign(user: Readonly<Record<string, unknown>>): Promise<ScimAnswer>;
  unassign(id: string): Promise<ScimAnswer>;
  delete(id: string): Promise<ScimAnswer>;
}

/**
 * Okta, with this in its field Authorization. What stands in the field Base URL names the store's public address, which
 * leads to `url` here.
 */
export function okta(url: string, baseUrl: string, authorization: string): Console {
  const { send } = scimClient(url + new URL(baseUrl).pathname, '');
  const headers = { authorization, 'user-agent': 'Okta SCIM Client 1.0.0' };
  return {
    test: () => send('GET', '/Users?startIndex=1&count=2', undefined, headers),
    assign: (user) =>
      send('POST', '/Users', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], ...user }, headers),
    unassign: (id) =>
      send(
        'PATCH',
        `/Users/${id}`,
        {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
          Operations: [{ op: 'replace', value: { active: false } }],
        },
        headers,
      ),
    delete: (id) => send('DELETE', `/Users/${id}`, undefined, headers),
  };
}

/** A user with everything that is asked for. */
export const person = (userName: string, givenName: string, more: Readonly<Record<string, unknown>> = {}) => ({
  userName,
  name: { givenName, familyName: 'Moor' },
  displayName: `${givenName} Moor`,
  emails: [{ value: userName, type: 'work', primary: true }],
  active: true,
  addresses: [
    { type: 'work', streetAddress: '1 Main', locality: 'Austin', region: 'TX', postalCode: '78701', country: 'US' },
  ],
  ...more,
});
