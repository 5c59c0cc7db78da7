import type { Profile } from '../../connection/index.ts';

/** The administration of an identity provider, as far as attributes are concerned. */
export interface Console {
  /** Where people add an attribute to what is sent, in the words on its pages. */
  where(attribute: string): string;
}

const at = (place: (attribute: string) => string): Console => ({ where: (attribute) => place(quoted(attribute)) });
const quoted = (attribute: string): string => (attribute.includes('"') ? attribute : `"${attribute}"`);

const generic = at((name) => `In the provisioning settings of the application, map a user attribute to ${name}.`);

const consoles: Readonly<Record<Profile, Console>> = {
  generic,
  'interop-strict': generic,
  okta: at(
    (name) =>
      `Applications > the application > Provisioning > To App > Go to Profile Editor > Mappings: map a value to ${name}; where it is missing, Add Attribute with that external name first.`,
  ),
  entra: at(
    (name) =>
      `Enterprise applications > the application > Provisioning > Mappings > Provision Microsoft Entra ID Users > Add New Mapping, Target attribute ${name}; where it is missing, Show advanced options > Edit attribute list first.`,
  ),
  miniorange: at(
    (name) =>
      `Users > User Profile Field: add the attribute ${name} as a text box; then Apps > the application > Provisioning > Attributes: Target Attribute ${name}, and choose the miniOrange Attribute.`,
  ),
  onelogin: at(
    (name) =>
      `Applications > the application > Parameters: add the parameter ${name} and tick "Include in User Provisioning"; its place in the message is in Configuration > SCIM JSON Template.`,
  ),
  jumpcloud: at(
    (name) => `SSO Applications > the application > Identity Management > Attribute Mapping: Add Attribute ${name}.`,
  ),
  google: at(
    (name) =>
      `Apps > Web and mobile apps > the application > Autoprovisioning > Attribute mapping: choose a Google Directory attribute for ${name}.`,
  ),
  pingone: at(
    (name) =>
      `Integrations > Provisioning > the rule > Attribute Mapping: Add, with ${name} as the attribute of the SCIM target.`,
  ),
  centrify: at(
    (name) =>
      `Apps > Web Apps > the application > Provisioning > Provisioning Script: set ${name} of the destination from a user attribute.`,
  ),
};

/** How the administration of a profile's provider says things. */
export const consoleOf = (profile: Profile): Console => consoles[profile];
