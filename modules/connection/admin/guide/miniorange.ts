import { type DirectoryReader, directoryWay } from './directory.ts';
import { baseUrlValue, checkStep, type Guide, type GuideStep } from './guide.ts';

const values: GuideStep = {
  title: 'Paste the values',
  text: [
    'Give a **Custom Application Name** as you like. Paste the **SCIM Base URL**, and as **Bearer Token** the token of this connection, alone, without “Bearer”.',
  ],
  values: [baseUrlValue('SCIM Base URL')],
  done: 'token',
};

const attributes: GuideStep = {
  title: 'Map the required attributes',
  text: [
    'miniOrange asks for six **Target Attributes**: userName, name.givenName, name.familyName, emails[type eq "work"].value, displayName and active. Pick the **miniOrange Attribute** for each.',
    'Attribute Mapping here shows a light for each of them, from what was really received.',
  ],
  guestText: [
    'miniOrange asks for six **Target Attributes**: userName, name.givenName, name.familyName, emails[type eq "work"].value, displayName and active. Pick the **miniOrange Attribute** for each.',
    '**Check Everything** says which of them did not come.',
  ],
};

const features: GuideStep = {
  title: 'Enable the provisioning features',
  text: [
    'Turn on **Create User**, **Update User**, **Delete User** and, for customer groups, **Add/Remove Group membership of User**. **Save**.',
    'The same switches stand on SCIM Configuration here: either side can limit the other.',
  ],
  guestText: [
    'Turn on **Create User**, **Update User**, **Delete User** and, for customer groups, **Add/Remove Group membership of User**. **Save**.',
    'The store has switches of its own: **Check Everything** says what is off there.',
  ],
};

const policy: GuideStep = {
  title: 'Assign people',
  text: [
    'Under **Policies › App Login Policy › Add Policy** choose this application and a **Group Name**, give a **Policy Name**, take **Password** as **Login Method**, and **Save**. Who is in the group is provisioned.',
  ],
  done: 'user',
};

const login: GuideStep = { title: 'Log in', text: ['Open the miniOrange admin console as an administrator.'] };

const scimOnly: readonly GuideStep[] = [
  login,
  {
    title: 'Add the application',
    text: ['**Apps › + Add Application › Provisioning**, then **SCIM Server (Destination)**.'],
  },
  values,
  {
    title: 'Test the connection',
    text: ['Press **Test Connection**, then **Save & Next**. The panel beside this guide shows the request.'],
    done: 'contact',
  },
  attributes,
  features,
  policy,
  checkStep,
];

const reader: DirectoryReader = {
  text: [
    '**External Directories › Add Directory** (older console: **User Stores › Add User Store**), **AD/LDAP**. Behind a firewall take the configuration on premise, with its gateway. Press **Test Connection**, then import the users.',
  ],
};

export const miniorange: Guide = {
  intro: 'miniOrange calls this store as a SCIM server (destination). Choose how the application is set up.',
  variants: [
    {
      id: 'scim',
      label: 'SCIM only',
      steps: scimOnly,
    },
    {
      id: 'bigcommerce',
      label: 'BigCommerce style',
      steps: [
        login,
        {
          title: 'Add the user profile fields',
          text: [
            'Under **Users › User Profile Field** add **id** as a **text box**, then **address1**, **city**, **state or province**, **postal code** and **country code**. Note the number that each custom attribute gets.',
          ],
        },
        {
          title: 'Set provisioning up',
          text: [
            '**Provisioning › Setup Provisioning**. This store speaks SCIM, so pick **SCIM Server** where the BigCommerce guide picks BigCommerce.',
          ],
          values: [baseUrlValue('SCIM Base URL')],
          done: 'token',
        },
        {
          title: 'Map id and the address',
          text: [
            '**id** is mandatory. Map **address1**, **city**, **state_or_province**, **postal_code** and **country_code** to the custom attributes by their numbers. The miniOrange preset of Attribute Mapping knows these names and makes a default address of them.',
          ],
          guestText: [
            '**id** is mandatory. Map **address1**, **city**, **state_or_province**, **postal_code** and **country_code** to the custom attributes by their numbers. The store knows these names and makes a default address of them.',
          ],
        },
        {
          title: 'Import what the store has',
          text: [
            '**Import Users**, choose the application, **Import**. Customers that no connection manages are listed only with the policy “Visible customers: all of the website”.',
          ],
          guestText: [
            '**Import Users**, choose the application, **Import**. Customers that no identity provider manages are listed only if the store lets them be seen.',
          ],
          done: 'contact',
        },
        {
          title: 'Create a user',
          text: [
            '**Users › Add User**, fill in the basic information, **Create User**. Edit and delete stand under **Actions** of the list.',
          ],
        },
        checkStep,
      ],
    },
    directoryWay(reader, scimOnly),
  ],
  manners: [
    ['Needs', 'Six attributes, which stand in the guide; BigCommerce style also the id and a flat address.'],
    ['Changes', 'miniOrange does not document how: whole users (PUT) and single changes (PATCH) are both served.'],
    ['Takes access away', 'By active: false or by DELETE, as the features of the application say.'],
    ['Groups', 'Only with the feature for group memberships.'],
  ],
  troubles: [
    {
      says: 'Test Connection fails',
      means: 'The base URL is not reachable from the internet, or the token is wrong.',
      cure: 'Open the base URL with /ServiceProviderConfig behind it from outside. If it answers, make a new token.',
    },
    {
      says: 'A user stays after it was taken out of a group',
      means: 'The feature for group memberships is off: miniOrange then sends nothing.',
      cure: 'Turn on “Add/Remove Group membership of User” and save the application.',
    },
  ],
};
