import type { KnownTrouble } from '../../../connection/index.ts';

/** What goes wrong with logins at every provider. */
export const samlTroubles: readonly KnownTrouble[] = [
  {
    says: 'The login comes back with an error page of the store',
    means: 'The assertion was refused: wrong audience, wrong address, a certificate that is not trusted, or clocks.',
    cure: 'The tab SAML SSO tells each refused login with its reason under Sign-Ins.',
    guestCure: 'The page shows a reference. Tell it to whoever invited you, who finds the reason by it.',
  },
  {
    says: 'The login works one day and not the next',
    means: 'The identity provider signs with a new certificate, which nobody has trusted yet.',
    cure: 'It is offered under Certificates on the tab SAML SSO. Compare its fingerprint with the console and trust it.',
    guestCure: 'Tell whoever invited you, with the fingerprint of the new certificate: the store has to trust it.',
  },
  {
    says: 'Somebody is a customer twice',
    means: 'The NameID is another name than the userName of SCIM.',
    cure: 'Let both send the same attribute. “Do SAML and SCIM agree?” on the tab SAML SSO names the people.',
    guestCure: 'Let both send the same attribute. Whoever invited you has a list of the people.',
  },
];

const entra: KnownTrouble = {
  says: 'AADSTS700016 or AADSTS50011',
  means: 'Entra does not know the identifier, or the reply URL, that was sent.',
  cure: 'Compare Identifier and Reply URL in Basic SAML Configuration with the values here, letter by letter.',
};
const google: KnownTrouble = {
  says: '403 app_not_configured_for_user',
  means: 'The application is off for the person, or the Entity ID differs.',
  cure: 'Turn User access on; compare Entity ID with the value here. Changes take up to a day.',
};
const okta: KnownTrouble = {
  says: 'User is not assigned to this application',
  means: 'Okta knows the person and the application, and has not put them together.',
  cure: 'Assignments › Assign.',
};

const own: Readonly<Record<string, readonly KnownTrouble[]>> = { entra: [entra], google: [google], okta: [okta] };

export const troublesOf = (profile: string): readonly KnownTrouble[] => [...(own[profile] ?? []), ...samlTroubles];
