import type { GuideStep } from '../../../connection/index.ts';
import type { SamlWords } from '../words.ts';

/** The values that the application is made with, in the words of its console. */
export const pastedValues = (words: SamlWords): NonNullable<GuideStep['values']> => [
  { label: words.acsUrl, value: '{saml.acsUrl}' },
  { label: words.entityId, value: '{saml.entityId}' },
];

export const logoutValue = (words: SamlWords): NonNullable<GuideStep['values']> =>
  words.logoutUrl === undefined ? [] : [{ label: words.logoutUrl, value: '{saml.logoutUrl}' }];

/** The identity provider's metadata goes to the store: only the store's administrator decides whom the store believes. */
export const metadataStep = (where: string): GuideStep => ({
  title: 'Give its metadata to the store',
  text: [where, 'Take it over on the tab **SAML SSO** here; that also makes its certificate count.'],
  guestText: [
    where,
    'Send it to whoever invited you: only the administrator of the store decides which certificate the store believes. This step ticks itself when it is done.',
  ],
  done: 'saml.known',
});

export const loginStep: GuideStep = {
  title: 'Try a login',
  text: [
    'Assign yourself to the application, then press **Test Login** on the tab **SAML SSO**: it shows what the assertion says and what would come of it. Then switch SAML SSO on; the address below logs people in.',
  ],
  guestText: [
    'When the store has switched it on, open the address below in another window and log in as somebody who is assigned.',
  ],
  values: [{ label: 'Login URL', value: '{saml.loginUrl}' }],
  done: 'saml.signed-in',
};

/** Both protocols have to mean the same person by the same word. */
export const sameName = (saml: string, scim: string): string =>
  `Name people by the same value in both: ${saml}, and ${scim}. Otherwise one person becomes two customers.`;
