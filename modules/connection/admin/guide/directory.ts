import { baseUrlValue, checkStep, type GuideStep, type GuideVariant } from './guide.ts';

const nameForGood: GuideStep = {
  title: 'Name people for good',
  text: [
    'Let **externalId** be **objectGUID** (Active Directory) or **entryUUID** (LDAP): login names and addresses change with a marriage, these do not.',
  ],
};

/** What shows that people who leave lose their access, and where passwords stay. */
const afterwards: readonly GuideStep[] = [
  {
    title: 'Disable somebody',
    text: [
      'Disable a test account in the directory. It has to arrive as active: false, or nobody who leaves loses the access to the store. How soon that is, the connector’s interval says.',
    ],
    done: 'deactivated',
  },
  {
    title: 'Leave passwords where they are',
    text: [
      'The store never needs the directory’s passwords. People log in by single sign-on (SAML SSO), or set a password of the store with a link that it mails.',
    ],
    guestText: [
      'The store never needs the directory’s passwords. People log in by single sign-on, or set a password of the store with a link that it mails.',
    ],
  },
];

/** Active Directory and LDAP know no SCIM: what reads the directory speaks for it. */
export const directory: GuideVariant = {
  id: 'directory',
  label: 'Active Directory or LDAP',
  steps: [
    {
      title: 'Choose who speaks for the directory',
      text: [
        'A directory does not speak SCIM; an identity provider that reads it does: Entra ID (Connect Sync or Cloud Sync), Okta, OneLogin, PingOne, JumpCloud, CyberArk Identity or miniOrange with their connectors, or Keycloak and authentik beside an LDAP server.',
        'You have one of them? Connect that one: its guide has a way **From AD or LDAP**. This one is for any other.',
      ],
    },
    {
      title: 'Bring the directory into it',
      text: [
        'Sync at least the login name, **givenName**, **sn** and **mail**; **department**, **title** and **telephoneNumber** are worth having. Limit it to the part of the tree whose people are to become customers.',
      ],
    },
    nameForGood,
    {
      title: 'Paste the values',
      text: ['The base URL, and the token as bearer token, where that provider has outbound provisioning by SCIM.'],
      values: [baseUrlValue('SCIM Base URL')],
      done: 'token',
    },
    {
      title: 'Test the connection',
      text: ['Use that provider’s own test. A look-up without a hit answers 200 and an empty list.'],
      done: 'contact',
    },
    checkStep,
    ...afterwards,
  ],
};

/** How a provider reads a directory, in the words of its console. */
export interface DirectoryReader {
  readonly text: readonly string[];
  /** What of it stays the same when people change their names; what LDAP calls it unless said. */
  readonly lastingName?: string;
}

/** The id of the way by which a directory comes through a provider that reads it. */
export const fromDirectory = 'from-directory';

/** The way from a directory to the store through a provider: first into that, then by that provider's own steps. */
export const directoryWay = ({ text, lastingName }: DirectoryReader, own: readonly GuideStep[]): GuideVariant => ({
  id: fromDirectory,
  label: 'From AD or LDAP',
  steps: [
    {
      title: 'Bring the directory into it',
      text: [
        ...text,
        'Take at least the login name, **givenName**, **sn** and **mail**; **department**, **title** and **telephoneNumber** are worth having. Limit it to the part of the tree whose people are to become customers.',
      ],
    },
    lastingName === undefined ? nameForGood : { ...nameForGood, text: [lastingName] },
    ...own,
    ...afterwards,
  ],
});
