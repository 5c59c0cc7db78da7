import { type DirectoryReader, directory, directoryWay } from './directory.ts';
import { baseUrlValue, checkStep, type Guide, type GuideStep, type KnownTrouble, type Manner } from './guide.ts';

const steps = (
  label: string,
  list: readonly GuideStep[],
  troubles: readonly KnownTrouble[],
  intro: string,
  manners: readonly Manner[] = [],
  reader?: DirectoryReader,
): Guide => {
  const whole = [...list, checkStep];
  const own = { id: 'only', label, steps: whole };
  return { intro, variants: reader ? [own, directoryWay(reader, whole)] : [own], manners, troubles };
};

export const onelogin = steps(
  'SCIM Provisioner',
  [
    {
      title: 'Add the application',
      text: ['**Applications › Add App**, search for **SCIM Provisioner with SAML (SCIM v2 Enterprise)**, **Save**.'],
    },
    {
      title: 'Paste the values',
      text: [
        'Under **Configuration › API Connection**: **SCIM Base URL** and **SCIM Bearer Token** (the token alone). Keep the JSON template as it is; quoted booleans are understood.',
      ],
      values: [baseUrlValue('SCIM Base URL')],
      done: 'token',
    },
    {
      title: 'Enable the connection',
      text: ['Press **Enable** beside **API Status**; it turns green.'],
      done: 'contact',
    },
    {
      title: 'Turn provisioning on',
      text: [
        '**Provisioning › Enable provisioning**. Choose what happens when a user is deleted: **Delete** or **Suspend**. Untick **Require admin approval** where nobody is to approve each change.',
      ],
    },
    {
      title: 'Assign people',
      text: ['**Users › … › Applications**, add the application, and approve it if asked.'],
      done: 'user',
    },
  ],
  [
    {
      says: 'A user stays “Pending”',
      means: 'OneLogin waits for an administrator’s approval.',
      cure: 'Approve under the application’s Users tab, or untick the approval for that action.',
    },
    {
      says: 'Unauthorized after Enable',
      means: 'The token field has a line break or an old token.',
      cure: 'Rotate the token here and paste it again.',
      guestCure: 'Paste it again in one line. Lost it? Ask whoever invited you for a new link.',
    },
  ],
  'OneLogin updates users as a whole (PUT) and looks each of them up by userName first.',
  [
    ['Finds people', 'By userName; an empty list also proves that the connection works.'],
    [
      'Changes',
      'The whole user each time (PUT), from a JSON template that you may edit. Quoted booleans and older schema names are understood.',
    ],
    ['Takes access away', 'Deletes or suspends, as the application says.'],
    ['Waits', 'For an administrator’s approval of each change, unless you untick it.'],
  ],
  {
    text: [
      '**Users › Directories › New Directory**, **Active Directory** or **LDAP**. Install the connector that it offers, and choose the units that are synced.',
    ],
  },
);

export const pingone = steps(
  'Outbound provisioning',
  [
    {
      title: 'Add the connection',
      text: ['**Integrations › Provisioning › + › New Connection › Identity Store › SCIM Outbound**.'],
    },
    {
      title: 'Paste the values',
      text: [
        '**SCIM BASE URL** is the base URL, **Authentication Method** is **OAuth 2 Bearer Token**, and **OAuth Access Token** the token alone. **User Filter Expression**: userName eq "%s".',
      ],
      values: [baseUrlValue('SCIM BASE URL'), { label: 'User Filter Expression', value: 'userName eq "%s"' }],
      done: 'token',
    },
    { title: 'Test the connection', text: ['Press **Test Connection**, then **Next**.'], done: 'contact' },
    {
      title: 'Choose the actions',
      text: [
        'Allow **Create**, **Update**, **Disable** and **Deprovision** as you need them; **Save** and switch the connection on.',
      ],
    },
    {
      title: 'Add a rule',
      text: [
        '**Provisioning › + › New Rule**, choose the connection, and a user filter or population. Switch the rule on.',
      ],
      done: 'user',
    },
  ],
  [
    {
      says: 'A cleared attribute stays',
      means: 'PingOne cannot clear an attribute once it has set it.',
      cure: 'Clear it here, or map a constant that Attribute Mapping understands as empty.',
      guestCure: 'Map a constant that stands for empty, and tell the store to read it so.',
    },
    {
      says: 'Users are found twice or not at all',
      means: 'The filter expression asks for something else than the user name.',
      cure: 'Use userName eq "%s" as above.',
    },
  ],
  'PingOne replaces users as a whole (PUT) and keeps one value of each kind. PingFederate takes the same two values.',
  [
    ['Finds people', 'By the User Filter Expression.'],
    ['Changes', 'The whole user (PUT), one value of each type. What was set once is never cleared.'],
    ['Takes access away', 'Disables or deletes, as the actions say.'],
    ['PingFederate', 'Users as a whole, groups by single changes; it finds groups by listing all of them.'],
  ],
  {
    text: [
      '**Integrations › Gateways**: add an LDAP gateway and start an instance of it beside the directory. Then **Integrations › Provisioning**: a connection of the kind **Gateway**, and a rule from it into PingOne. It reads Active Directory and PingDirectory.',
    ],
  },
);

export const jumpcloud = steps(
  'Custom SCIM',
  [
    {
      title: 'Add the application',
      text: ['**SSO Applications › + Add New Application**, choose or make one, and open **Identity Management**.'],
    },
    {
      title: 'Paste the values',
      text: [
        '**API Type: SCIM API**, **SCIM Version: 2.0**, **Base URL** is the base URL, **Token Key** the token alone, **Test User Email** an address that nobody has.',
      ],
      values: [baseUrlValue('Base URL')],
      done: 'token',
    },
    {
      title: 'Test and activate',
      text: [
        '**Test Connection**, then **Activate**: JumpCloud makes a test user and a test group and removes them again. Create and Delete must be on while it does.',
      ],
      done: 'contact',
    },
    { title: 'Assign groups', text: ['Tab **User Groups**: who is in a ticked group is provisioned.'], done: 'user' },
  ],
  [
    {
      says: 'Activation fails although the test was good',
      means: 'Create or Delete is off here, or the test address belongs to a customer.',
      cure: 'Turn both on for the activation and take a test address that nobody has.',
      guestCure: 'Ask whoever invited you to turn both on, and take a test address that nobody has.',
    },
    {
      says: 'A test user is left over, deactivated',
      means: 'Delete was off, so JumpCloud could only deactivate its test user.',
      cure: 'Delete the customer here; it does no harm.',
      guestCure: 'It does no harm. The store may delete the customer.',
    },
  ],
  'JumpCloud proves a connection by a user and a group of its own, which it removes again.',
  [
    ['On activation', 'Makes a test user and a test group, and deletes both.'],
    ['Finds people', 'By the user name; an empty list is a good answer.'],
    ['Groups', 'Only where they are switched on for the application; who is in one is provisioned.'],
  ],
  {
    text: [
      '**Directory Integrations › Active Directory**: add the domain, and install the import agent on the domain controllers. JumpCloud reads Active Directory; to LDAP it only speaks.',
    ],
  },
);

export const google = steps(
  'Auto-provisioning',
  [
    {
      title: 'Open the application',
      text: [
        'In the Admin console **Apps › Web and mobile apps**, open the application; **Auto-provisioning › Configure**. Google offers it for applications of its catalogue.',
      ],
    },
    {
      title: 'Paste the values',
      text: ['**Access token** is the token alone, **Endpoint URL** the base URL.'],
      values: [baseUrlValue('Endpoint URL')],
      done: 'token',
    },
    {
      title: 'Map the attributes',
      text: ['Map at least **userName**, **name.givenName**, **name.familyName** and **emails**.'],
    },
    { title: 'Choose the scope', text: ['Limit it to groups if not everybody is to become a customer.'] },
    {
      title: 'Set deprovisioning',
      text: ['Choose after how long suspended and deleted people lose access: at once, a day, a week or a month.'],
    },
    { title: 'Turn it on', text: ['Switch **Auto-provisioning** on. The first sync may take hours.'], done: 'contact' },
  ],
  [
    {
      says: 'No groups arrive',
      means: 'Google provisions users only.',
      cure: 'Give customers their group by Attribute Mapping, from the department for instance.',
      guestCure: 'The store can give customers their group by an attribute, the department for instance.',
    },
    {
      says: 'Changes come hours later',
      means: 'Google syncs in cycles of several hours.',
      cure: 'Wait; the panel shows when it comes.',
    },
  ],
  'Google Workspace sends users, no groups, every few hours.',
  [
    ['When', 'Every few hours.'],
    ['Finds people', 'By userName.'],
    ['Takes access away', 'After a day, a week or a month, or at once, as you choose under deprovisioning.'],
    ['Groups', 'None: they only limit who is sent.'],
  ],
  {
    text: [
      '**Directory › Directory sync** in the Admin console, or Google Cloud Directory Sync on a machine beside the directory. Simulate it before the first run.',
    ],
    lastingName:
      'Let the directory keep one lasting name for each person, such as **objectGUID**, or a change of the address makes a second Google account, and a second customer.',
  },
);

export const centrify = steps(
  'SCIM provisioning',
  [
    {
      title: 'Open the application',
      text: [
        'In the admin portal **Apps & Widgets › Web Apps**, open your application, tab **Provisioning**, tick **Enable provisioning for this application** and **Live Mode**.',
      ],
    },
    {
      title: 'Paste the values',
      text: [
        '**SCIM Service URL** is the base URL. **Authorization Type** is **Authorization Header**, **Header Type** is **Bearer Token**, and **Bearer Token** the token alone. Press **Verify**.',
      ],
      values: [baseUrlValue('SCIM Service URL')],
      done: 'token',
    },
    { title: 'See that it came', text: ['**Verify** sends the first request.'], done: 'contact' },
    { title: 'Map roles', text: ['Under **Role Mappings** add the roles whose members are provisioned, **Save**.'] },
    {
      title: 'Run a sync',
      text: ['**Settings › Users › Outbound Provisioning**, choose the application, **Start Sync**.'],
      done: 'user',
    },
  ],
  [
    {
      says: 'Verify does nothing visible',
      means: 'The address is not reachable from the internet.',
      cure: 'Open the base URL with /ServiceProviderConfig behind it from outside.',
    },
  ],
  'CyberArk Identity was called Centrify and Idaptive; older consoles have the same fields.',
  [
    [
      'Its requests',
      'Are not documented in public. They are served as the standard has them, with the tolerance that other providers need.',
    ],
  ],
  {
    text: [
      '**Settings › Network › CyberArk Identity Connectors › Add CyberArk Identity Connector**, installed on a machine of the domain. It reads Active Directory, and LDAP where that is added under **Settings › Users › Directory Services**.',
    ],
  },
);

const standard = steps(
  'SCIM 2.0',
  [
    {
      title: 'Paste the values',
      text: [
        'The base URL, and the token as bearer token. Where a field wants the whole header, paste the Authorization Header.',
      ],
      values: [baseUrlValue('SCIM Base URL')],
      done: 'token',
    },
    {
      title: 'Test the connection',
      text: ['Use your provider’s own test. A look-up without a hit answers 200 and an empty list.'],
      done: 'contact',
    },
    {
      title: 'Map the attributes',
      text: ['Send at least **userName**, **name.givenName**, **name.familyName** and **emails**.'],
    },
    { title: 'Send a user', text: ['Assign somebody. The panel shows the request.'], done: 'user' },
    {
      title: 'Send groups',
      text: ['Groups can stand for customer groups (Group Mapping).'],
      guestText: ['Groups can stand for customer groups of the store.'],
      done: 'group',
    },
  ],
  [],
  'Anything that speaks SCIM 2.0 with a bearer token can be connected.',
);

/** A directory is reached by whatever reads it and speaks SCIM. */
export const generic: Guide = { ...standard, variants: [...standard.variants, directory] };
