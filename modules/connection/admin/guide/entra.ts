import { type DirectoryReader, directoryWay } from './directory.ts';
import { baseUrlValue, checkStep, type Guide, type GuideStep } from './guide.ts';

const steps: readonly GuideStep[] = [
  {
    title: 'Create the application',
    text: [
      'In the Entra admin center: **Enterprise applications › New application › Create your own application**, and choose **Integrate any other application you don’t find in the gallery (Non-gallery)**.',
    ],
  },
  {
    title: 'Open Provisioning',
    text: ['In the application **Provisioning › New configuration** (older portal: **Provisioning Mode: Automatic**).'],
  },
  {
    title: 'Paste the values',
    text: [
      '**Tenant URL** is the base URL, **Secret Token** the token alone. The longer address with the flag makes Entra send operations as the standard has them; both work here.',
    ],
    values: [
      baseUrlValue('Tenant URL'),
      { label: 'Tenant URL with Entra’s flag', value: '{baseUrl}?aadOptscim062020' },
    ],
    done: 'token',
  },
  {
    title: 'Test the connection',
    text: [
      'Press **Test connection**; Entra looks for a user that does not exist and expects an empty list. Then **Create** or **Save**.',
    ],
    done: 'contact',
  },
  {
    title: 'Assign users and groups',
    text: ['**Users and groups › Add user/group**. Nested groups are not followed by Entra.'],
  },
  {
    title: 'Try one user',
    text: [
      '**Provision on demand**, pick an assigned user, **Provision**. The panel here shows the request in the same second.',
    ],
    done: 'user',
  },
  { title: 'Start provisioning', text: ['**Overview › Start provisioning** begins the first cycle.'] },
  {
    title: 'See the groups',
    text: ['With groups assigned, their members follow in the same cycle.'],
    done: 'group',
  },
  checkStep,
];

const reader: DirectoryReader = {
  text: [
    '**Entra ID › Entra Connect** (older portal: **Identity › Hybrid management**): set up **Cloud Sync**, or **Connect Sync**, beside the domain controllers. Both read Active Directory; another LDAP directory comes by way of another provider.',
  ],
  lastingName:
    'Under **Provisioning › Mapping** of the application let **externalId** be **objectId**: login names and addresses change with a marriage, it does not.',
};

export const entra: Guide = {
  intro:
    'Entra ID sends a cycle of changes about every forty minutes, and single users at once with “Provision on demand”.',
  variants: [
    {
      id: 'entra',
      label: 'Provisioning only',
      steps,
    },
    directoryWay(reader, steps),
  ],
  manners: [
    ['When', 'In cycles about every forty minutes; “Provision on demand” at once, one user at a time.'],
    ['Finds people', 'By the matching attribute: userName, externalId or the work address.'],
    ['Changes', 'Operation by operation (PATCH). Attributes that have become empty are not sent.'],
    [
      'Takes access away',
      'By active: false, when somebody is unassigned, out of scope, blocked or deleted. DELETE follows a deletion after thirty days.',
    ],
    ['Brings back', 'By active: true, without the groups: this store has kept the memberships.'],
    ['Groups', 'First the empty group, then its members. Nested groups are not followed.'],
    ['When requests fail', 'It tries again in later cycles, with growing pauses; too many failures end in quarantine.'],
  ],
  troubles: [
    {
      says: 'You appear to have entered invalid credentials',
      means:
        'The test got something other than 200 with a list: a wrong token, a wrong address, or a firewall before the store.',
      cure: 'Look at the panel: if nothing has arrived, the address is not reachable from Microsoft. If a 401 has, paste a new token.',
    },
    {
      says: 'The provisioning job is in quarantine',
      means:
        'Entra met wrong credentials, or more than 40 % of at least 5,000 operations failed. It then tries once a day.',
      cure: 'Mend what Activity shows as errors here, then press Restart provisioning in Entra.',
      guestCure: 'Mend what Requests shows as refused or failed, then press Restart provisioning in Entra.',
    },
    {
      says: 'SystemForCrossDomainIdentityManagementBadResponse',
      means: 'The answer was no SCIM: usually an error page of a proxy.',
      cure: 'Open the base URL with /Users behind it from outside; the proxy must pass it and the Authorization header on.',
    },
    {
      says: 'An emptied attribute stays as it was',
      means: 'Entra does not send attributes that have become empty.',
      cure: 'Map a constant or an expression in Entra that stands for empty, and clear it in Attribute Mapping here.',
      guestCure: 'Map a constant or an expression that stands for empty, and tell the store to read it so.',
    },
    {
      says: 'A user deleted in Entra is only deactivated here',
      means: 'Entra sends the deletion thirty days later, with the hard delete; until then it says active: false.',
      cure: 'Nothing is wrong. To hurry, delete the user permanently in Entra.',
    },
  ],
};
