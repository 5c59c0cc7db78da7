import type { Profile } from '../../connection/index.ts';
import type { ScimError } from '../../scim/index.ts';

/** Where an administrator says in the identity provider which attributes are sent. */
const mappingPlaces: Partial<Readonly<Record<Profile, string>>> = {
  okta: 'in Okta under Applications > this application > Provisioning > To App > Attribute Mappings (new attributes: Directory > Profile Editor > this application > Add Attribute)',
  entra:
    'in Entra under Enterprise applications > this application > Provisioning > Attribute mapping > Provision Microsoft Entra ID Users (new attributes: Show advanced options > Edit attribute list)',
  miniorange:
    'in miniOrange under Apps > this application > Provisioning > Attribute mapping (new attributes: Users > User Profile Field)',
  onelogin: 'in OneLogin under Applications > this application > Parameters',
  jumpcloud: 'in JumpCloud under SSO Applications > this application > Identity Management > Attribute Mapping',
  google:
    'in the Google Admin console under Apps > Web and mobile apps > this application > Autoprovisioning > Attribute mapping',
  pingone: 'in PingOne under Integrations > Provisioning > Rules > this connection > Attribute mapping',
  centrify: 'in the admin portal under Apps > this application > Provisioning > Provisioning Script',
};

/** "in Okta under …": where this provider's people change what it sends. */
export const mappingPlace = (profile: Profile): string =>
  mappingPlaces[profile] ?? "in the identity provider's attribute mapping for this application";

/** What to do about a refusal that would be answered. */
export function cureOf(error: ScimError, profile: Profile): string {
  if (error.code === 'SCIM_HELD')
    return 'Nothing has to be done now: sent in earnest, the request is kept until an administrator of the store approves or denies it under Held Changes (guard:list). Where so many are meant to go, raise the limits of the connection under Policies and Safeguards (connection:set --guard-percent, --guard-at-least, --guard-most).';
  const place = mappingPlace(profile);
  switch (error.scimType) {
    case 'uniqueness':
      return 'Change this attribute of one of the two users in the identity provider; or, where both are the same person, let the provider find that user (by userName or externalId) and update it instead of creating it again.';
    case 'invalidValue':
      return `Correct the value in the identity provider, or what is sent for it ${place}; or change the row of this connection's mapping that reads it (a transform, a default, another target).`;
    case 'invalidSyntax':
      return 'Compare the message with RFC 7644: a user is a JSON object with "schemas" and "userName", a change a PatchOp message with "Operations".';
    case 'invalidPath':
    case 'noTarget':
      return `Correct the path of the operation ${place}: the attribute, or the element that its filter selects, does not exist for this user.`;
    case 'mutability':
      return `Take the attribute out of what is sent ${place}; it can't be changed here.`;
    default:
      return byStatus(error.status);
  }
}

/** What to do about a refusal of which only the status is known. */
export function cureOfStatus(status: number, profile: Profile): string {
  if (status === 400)
    return `Correct the value in the identity provider, or what is sent for it ${mappingPlace(profile)}; or change the row of this connection's mapping that reads it.`;
  return byStatus(status);
}

function byStatus(status: number): string {
  switch (status) {
    case 401:
      return 'Give the identity provider a token that is good: SCIM Configuration makes one (token:create, token:rotate).';
    case 403:
      return 'Change the policy of the connection that the message names, if this shall be allowed.';
    case 404:
      return 'Let the identity provider look the user up again (by userName or externalId): it has the id of a user that is gone, or of another connection.';
    case 409:
      return 'Look at what the message names, and change one of the two.';
    case 412:
      return 'Read the user again and repeat the change with its present version.';
    case 413:
      return 'Send less at once.';
    case 503:
      return 'Wait; the same request may succeed in a moment.';
    default:
      return 'The log of the host tells more.';
  }
}
