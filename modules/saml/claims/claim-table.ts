import type { Profile } from '../../connection/index.ts';

/** An attribute of SCIM and the names under which identity providers send it, the first of them that comes counts. */
export interface BuiltInClaim {
  /** SCIM path, as mapping rows write it. */
  readonly path: string;
  readonly claims: readonly string[];
}

const soap = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
const adfs = 'http://schemas.xmlsoap.org/claims';
const microsoft = 'http://schemas.microsoft.com/identity/claims';
const windows = 'http://schemas.microsoft.com/ws/2008/06/identity/claims';
const person = 'urn:oid:0.9.2342.19200300.100.1';
const x500 = 'urn:oid:2.5.4';
const inet = 'urn:oid:2.16.840.1.113730.3.1';
const eduPerson = 'urn:oid:1.3.6.1.4.1.5923.1.1.1';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const work = 'addresses[type eq "work"]';

/**
 * What Okta, Entra, ADFS, OneLogin, PingOne, Google, miniOrange and Keycloak call things. Names that are no URIs are compared
 * without case, blanks and `_ - .`, and without a leading `user.`: `First Name`, `firstName`, `User.FirstName`.
 */
const common: readonly BuiltInClaim[] = [
  {
    path: 'name.givenName',
    claims: [`${soap}/givenname`, `${x500}.42`, 'firstName', 'givenName', 'fname', 'given'],
  },
  {
    path: 'name.familyName',
    claims: [`${soap}/surname`, `${x500}.4`, 'lastName', 'familyName', 'surname', 'sn', 'lname', 'family'],
  },
  { path: 'name.middleName', claims: ['middleName'] },
  { path: 'name.honorificPrefix', claims: ['honorificPrefix', 'namePrefix'] },
  { path: 'name.honorificSuffix', claims: ['honorificSuffix', 'nameSuffix'] },
  {
    path: 'displayName',
    claims: [`${microsoft}/displayname`, `${inet}.241`, 'displayName', 'fullName', `${adfs}/CommonName`, `${x500}.3`],
  },
  {
    path: 'emails[main].value',
    claims: [
      `${soap}/emailaddress`,
      `${adfs}/EmailAddress`,
      `${person}.3`,
      'urn:oid:1.2.840.113549.1.9.1',
      'email',
      'mail',
      'emailAddress',
      'primaryEmail',
    ],
  },
  { path: 'emails[type eq "other"].value', claims: ['secondEmail', 'secondaryEmail'] },
  {
    path: 'phoneNumbers[type eq "work"].value',
    claims: [
      `${x500}.20`,
      'primaryPhone',
      'telephoneNumber',
      'workPhone',
      'phoneNumber',
      'phone',
      `${soap}/otherphone`,
    ],
  },
  {
    path: 'phoneNumbers[type eq "mobile"].value',
    claims: [`${soap}/mobilephone`, `${person}.41`, 'mobilePhone', 'mobile', 'mobileNumber'],
  },
  { path: 'phoneNumbers[type eq "home"].value', claims: [`${soap}/homephone`, 'homePhone'] },
  { path: 'title', claims: [`${soap}/jobtitle`, `${x500}.12`, 'title', 'jobTitle'] },
  { path: 'nickName', claims: ['nickName'] },
  { path: 'profileUrl', claims: ['profileUrl'] },
  { path: 'preferredLanguage', claims: [`${inet}.39`, 'preferredLanguage'] },
  { path: 'locale', claims: ['locale'] },
  { path: 'timezone', claims: ['timezone', 'zoneinfo'] },
  { path: 'userType', claims: ['userType', 'employeeType'] },
  { path: 'roles', claims: [`${windows}/role`, 'roles', 'role'] },
  { path: 'entitlements', claims: [`${eduPerson}.7`, 'entitlements', 'entitlement'] },
  { path: `${enterprise}:department`, claims: [`${soap}/department`, `${x500}.11`, 'department', 'ou'] },
  { path: `${enterprise}:division`, claims: ['division'] },
  { path: `${enterprise}:costCenter`, claims: ['costCenter'] },
  {
    path: `${enterprise}:organization`,
    claims: [`${soap}/companyname`, `${x500}.10`, 'organization', 'company', 'companyName'],
  },
  {
    path: `${enterprise}:employeeNumber`,
    claims: [`${soap}/employeeid`, `${inet}.3`, 'employeeNumber', 'employeeId', 'employeeNo'],
  },
  {
    path: `${work}.streetAddress`,
    claims: [`${soap}/streetaddress`, `${x500}.9`, 'streetAddress', 'street', 'address1'],
  },
  { path: `${work}.locality`, claims: [`${soap}/locality`, `${x500}.7`, 'city', 'locality', 'l'] },
  { path: `${work}.region`, claims: [`${soap}/stateorprovince`, `${x500}.8`, 'state', 'region', 'st'] },
  { path: `${work}.postalCode`, claims: [`${soap}/postalcode`, `${x500}.17`, 'postalCode', 'zipCode', 'zip'] },
  { path: `${work}.country`, claims: [`${soap}/country`, `${x500}.6`, 'countryCode', 'country', 'c'] },
  { path: 'externalId', claims: ['externalId'] },
];

/** Where the NameID is an opaque number, these say by which name SCIM knows the person. */
const userNames: readonly string[] = [
  `${soap}/upn`,
  `${adfs}/UPN`,
  `${eduPerson}.6`,
  `${person}.1`,
  'userPrincipalName',
  'upn',
  'userName',
  'login',
  'preferredUsername',
  'uid',
  'sAMAccountName',
];

/** What one provider calls differently from all others. */
const special: Partial<Record<Profile, readonly BuiltInClaim[]>> = {
  // Entra's `name` is the UPN; that of ADFS is whatever its rules make of it.
  entra: [{ path: 'userName', claims: [`${soap}/name`] }],
  centrify: [{ path: 'userName', claims: ['LoginName'] }],
  google: [{ path: `${enterprise}:department`, claims: ['organizationDepartment'] }],
};

/** The table that a connection without rows of its own reads claims by. Rows for `userName` count where the NameID is opaque. */
export const builtInClaims = (profile: Profile): readonly BuiltInClaim[] => [
  ...(special[profile] ?? []),
  { path: 'userName', claims: userNames },
  ...common,
];

/** Where providers put the groups of a person, for a form to suggest. */
export function suggestedGroupsAttribute(profile: Profile): string {
  if (profile === 'entra') return `${windows}/groups`;
  return profile === 'onelogin' || profile === 'pingone' ? 'memberOf' : 'groups';
}
