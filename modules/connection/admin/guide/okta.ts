import { type DirectoryReader, directoryWay } from './directory.ts';
import { baseUrlValue, checkStep, type Guide, type GuideStep } from './guide.ts';

const steps: readonly GuideStep[] = [
  {
    title: 'Choose the application',
    text: [
      'In the admin console **Applications › Applications**, open the application with which people log in, or make one with **Create App Integration**.',
    ],
  },
  { title: 'Turn SCIM on', text: ['Tab **General › App Settings › Edit**, **Provisioning: SCIM**, **Save**.'] },
  {
    title: 'Paste the values',
    text: [
      'Tab **Provisioning › Integration › Edit**. **SCIM connector base URL** is the base URL. **Unique identifier field for users** may be **userName** or **email**. Tick all **Supported provisioning actions**.',
      '**Authentication Mode** is **HTTP Header**, and **Authorization** the token; Okta may add “Bearer” by itself or not, both are understood.',
    ],
    values: [
      baseUrlValue('SCIM connector base URL'),
      { label: 'Unique identifier field for users', value: 'userName' },
    ],
    done: 'token',
  },
  {
    title: 'Test the connector',
    text: ['Press **Test Connector Configuration**; all actions get a tick. **Save**.'],
    done: 'contact',
  },
  {
    title: 'Let Okta write',
    text: [
      'Tab **Provisioning › To App › Edit**: **Create Users**, **Update User Attributes**, **Deactivate Users**, **Save**. Leave **Sync Password** off, unless this connection accepts passwords.',
    ],
  },
  {
    title: 'Assign people',
    text: ['Tab **Assignments › Assign › Assign to People**, pick somebody, **Done**.'],
    done: 'user',
  },
  {
    title: 'Push groups',
    text: ['Tab **Push Groups**: each pushed group can stand for a customer group (Group Mapping).'],
    guestText: ['Tab **Push Groups**: each pushed group can stand for a customer group of the store.'],
    done: 'group',
  },
  checkStep,
];

const reader: DirectoryReader = {
  text: [
    '**Directory › Directory Integrations › Add Directory**, then **Add Active Directory** or **Add LDAP Directory**. Install the agent that it offers, and let it import on a schedule.',
  ],
  lastingName:
    'Okta sends its own user id as **externalId**, and keeps it as long as the agent knows people by **objectGUID** (Active Directory) or **entryUUID** (LDAP): leave the unique identifier of the directory as it is.',
};

export const okta: Guide = {
  intro: 'Okta provisions through the application with which people log in.',
  variants: [
    {
      id: 'okta',
      label: 'Provisioning only',
      steps,
    },
    directoryWay(reader, steps),
  ],
  manners: [
    ['Finds people', 'By the unique identifier field, before it creates anybody.'],
    ['Creates', 'With a random password, which is dropped unless this connection accepts passwords.'],
    ['Changes', 'Applications that you made yourself send the whole user each time (PUT), after having read it.'],
    ['Takes access away', 'By active: false. A user is never deleted.'],
    [
      'Groups',
      'Members as they change, with the group’s name each time. A group is deleted only if you say so on unlinking.',
    ],
    ['Imports', 'A hundred users a page, and relies on the same order each time.'],
  ],
  troubles: [
    {
      says: 'Error authenticating: null',
      means:
        'Okta got a 401 without a reason that it understands, most often because nothing or an old token stands in the field.',
      cure: 'Paste the Authorization Header again. If the panel stays empty, the address is wrong.',
    },
    {
      says: 'Error authenticating: Forbidden',
      means: 'The connection is paused, SCIM is off, or the address list of the token does not hold Okta’s addresses.',
      cure: 'Look at the reason under Requests and change the switch or the list.',
      guestCure: 'The reason stands under Requests. Whoever invited you changes the switch or the list.',
    },
    {
      says: 'Matching user not found',
      means: 'Okta wants to update somebody whom this connection does not have.',
      cure: 'Unassign the person and assign them again, so that Okta creates the user.',
    },
    {
      says: 'Automatic provisioning of user … to app … failed: Conflict',
      means: 'A 409: the user name or the address belongs to somebody else in this website.',
      cure: 'Find the customer under Customers; the answer under Requests names what is taken.',
      guestCure: 'The answer under Requests names what is taken. Ask whoever invited you about the customer.',
    },
    {
      says: 'People are deactivated, never deleted',
      means: 'Okta sends active: false and no DELETE, whatever is done to the user.',
      cure: 'Nothing is wrong. What deactivation does is a policy here.',
    },
  ],
};
