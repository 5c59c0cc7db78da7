import type { Guide, GuideStep, Profile } from '../../../connection/index.ts';
import { samlWordsOf } from '../words.ts';
import { logoutValue, metadataStep, pastedValues, sameName } from './steps.ts';

/** The SAML half of a procedure, and which steps of provisioning it makes superfluous (by their titles). */
export interface SamlSteps {
  readonly label: string;
  readonly steps: readonly GuideStep[];
  /** The provider's own way whose steps follow; its first unless said. */
  readonly of?: string;
  readonly without: readonly string[];
}

type Known = Exclude<Profile, 'interop-strict'>;

const values = (profile: Known) => [...pastedValues(samlWordsOf(profile)), ...logoutValue(samlWordsOf(profile))];

/** For consoles of which no more is known than what they call the values. */
const general = (profile: Known): SamlSteps => ({
  label: 'With SAML SSO',
  without: [],
  steps: [
    {
      title: 'Make the SAML application',
      text: ['Give it our metadata by its URL or as a file; or type the values.'],
      values: [{ label: 'Metadata URL', value: '{saml.metadataUrl}' }, ...values(profile)],
    },
    {
      title: 'Send names and an address',
      text: [
        'Attributes such as **firstName**, **lastName** and **email**; the names that identity providers use are known.',
        sameName('the **NameID**', '**userName** of SCIM'),
      ],
    },
    metadataStep('Copy the address of its metadata, or download it.'),
  ],
});

export const samlSteps: Readonly<Record<Known, SamlSteps>> = {
  miniorange: {
    label: 'With SAML SSO',
    of: 'scim',
    without: ['Log in', 'Add the application', 'Test the connection'],
    steps: [
      {
        title: 'Add the SAML application',
        text: [
          'In the miniOrange admin console: **Apps › + Add Application › SAML/WS-FED**, search for **Magento (SAML)**, or for **Custom SAML App**, and give a **Custom Application Name**.',
        ],
      },
      {
        title: 'Paste the SAML values',
        text: ['Under **Basic Settings** paste these, or use **Import SP Metadata** with the metadata URL.'],
        values: [...values('miniorange'), { label: 'Metadata URL', value: '{saml.metadataUrl}' }],
      },
      {
        title: 'Map the attributes of the login',
        text: [
          '**Attribute Mapping**: **NameID** is **Username** or **Email**; add **firstName**, **lastName** and **email**.',
          sameName('the **NameID**', '**userName** under Provisioning below'),
        ],
      },
      metadataStep(
        'Save, then **Apps**, the row of the application, **Metadata**: copy the **Metadata URL** below “Information required to set miniOrange as IdP”.',
      ),
      {
        title: 'Open its Provisioning tab',
        text: ['Edit the application and open **Provisioning**: login and provisioning share one application.'],
      },
    ],
  },
  okta: {
    label: 'SAML and SCIM in one application',
    without: ['Choose the application'],
    steps: [
      {
        title: 'Create the application',
        text: ['**Applications › Applications › Create App Integration**, **SAML 2.0**, **Next**, and a name.'],
      },
      {
        title: 'Paste the SAML values',
        text: [
          'On **Configure SAML** paste both. **Name ID format** may stay **Unspecified**, **Application username** is **Okta username**. Logout stands under **Show Advanced Settings › Enable Single Logout**; it asks for our certificate, too (tab SAML SSO).',
          sameName('**Application username**', '**Unique identifier field for users** below'),
        ],
        guestText: [
          'On **Configure SAML** paste both. **Name ID format** may stay **Unspecified**, **Application username** is **Okta username**. Logout stands under **Show Advanced Settings › Enable Single Logout**; it asks for our certificate, too, which our metadata holds.',
          sameName('**Application username**', '**Unique identifier field for users** below'),
        ],
        values: values('okta'),
      },
      {
        title: 'Add attribute statements',
        text: [
          '**firstName** is user.firstName, **lastName** is user.lastName, **email** is user.email. **Next**, **Finish**.',
        ],
      },
      metadataStep('Tab **Sign On**, **Metadata URL**, **Copy**.'),
    ],
  },
  entra: {
    label: 'With single sign-on',
    without: ['Create the application'],
    steps: [
      {
        title: 'Create the application',
        text: [
          '**Enterprise applications › New application › Create your own application**, **Integrate any other application you don’t find in the gallery (Non-gallery)**.',
        ],
      },
      {
        title: 'Paste the SAML values',
        text: ['**Single sign-on › SAML**, **Basic SAML Configuration › Edit**.'],
        values: [
          { label: 'Identifier (Entity ID)', value: '{saml.entityId}' },
          { label: 'Reply URL (Assertion Consumer Service URL)', value: '{saml.acsUrl}' },
          { label: 'Sign on URL (Optional)', value: '{saml.loginUrl}' },
          { label: 'Logout Url (Optional)', value: '{saml.logoutUrl}' },
        ],
      },
      {
        title: 'Look at the claims',
        text: [
          '**Attributes & Claims** may stay as they are: **Unique User Identifier** is user.userprincipalname, and the names and the address come along.',
          sameName('**Unique User Identifier**', 'the attribute mapped to **userName** under Provisioning'),
        ],
      },
      metadataStep('**SAML Certificates**, **App Federation Metadata Url**, copy.'),
    ],
  },
  onelogin: {
    label: 'With SAML SSO',
    without: ['Add the application'],
    steps: [
      {
        title: 'Add the application',
        text: [
          '**Applications › Add App**, search for **SCIM Provisioner with SAML (SCIM v2 Enterprise)**, **Save**. It does both.',
        ],
      },
      {
        title: 'Paste the SAML values',
        text: [
          'Tab **Configuration**. It is saved only with a SCIM base URL, which follows below: paste both at once.',
        ],
        values: pastedValues(samlWordsOf('onelogin')),
      },
      {
        title: 'Set the parameters',
        text: [
          'Tab **Parameters**: **SAML NameID (Subject)** is **Email** or **Username**; add parameters **firstName**, **lastName** and **email** with **Include in SAML assertion**.',
          sameName('**SAML NameID (Subject)**', '**scimusername**'),
        ],
      },
      metadataStep('Tab **SSO**: copy the **Issuer URL**, which is the metadata; or **More Actions › SAML Metadata**.'),
    ],
  },
  pingone: {
    label: 'With SAML SSO',
    without: [],
    steps: [
      {
        title: 'Create the SAML application',
        text: ['**Applications › Applications › +**, a name, **SAML Application**, **Configure**, **Manually Enter**.'],
        values: values('pingone'),
      },
      {
        title: 'Map the attributes of the login',
        text: [
          'Tab **Attribute Mappings**: **saml_subject** is **Username** or **Email Address**; add **firstName** (Given Name), **lastName** (Family Name) and **email**.',
          sameName('**saml_subject**', 'the user name of outbound provisioning'),
        ],
      },
      {
        title: 'Switch the application on',
        text: ['The toggle beside its name. Under **Access** choose who may use it.'],
      },
      metadataStep('Tab **Configuration**, **IDP Metadata URL**, copy.'),
    ],
  },
  jumpcloud: {
    label: 'With SAML SSO',
    without: ['Add the application'],
    steps: [
      {
        title: 'Add the application',
        text: [
          '**SSO Applications › + Add New Application › Custom Application**, with **Manage Single Sign-On (SSO)**, **Configure SSO with SAML** and **Export users to this app (Identity Management)**.',
        ],
      },
      {
        title: 'Paste the SAML values',
        text: [
          'Tab **SSO**. **IdP Entity ID** is any name of your own. **SAMLSubject NameID** is **email** or **username**; tick **Declare Redirect Endpoint**.',
          sameName('**SAMLSubject NameID**', '**userName** of Identity Management'),
        ],
        values: pastedValues(samlWordsOf('jumpcloud')),
      },
      {
        title: 'Add attributes',
        text: ['**firstName** is firstname, **lastName** is lastname, **email** is email. **Save**.'],
      },
      metadataStep('Tab **SSO**, **Copy Metadata URL**; or **Export Metadata**.'),
      {
        title: 'Open Identity Management',
        text: ['In the same application, tab **Identity Management**.'],
      },
    ],
  },
  google: {
    label: 'With SAML SSO',
    without: ['Open the application'],
    steps: [
      {
        title: 'Add the application',
        text: ['**Apps › Web and mobile apps › Add app › Add custom SAML app**, a name, **Continue**.'],
      },
      metadataStep('**Download metadata** on the page **Google Identity Provider details**, then **Continue**.'),
      {
        title: 'Paste the SAML values',
        text: [
          'On **Service provider details**; **Start URL** may stay empty. **Name ID format** is **EMAIL**, **Name ID** is **Basic Information › Primary email**. Google knows no single logout.',
          sameName('**Name ID**', '**userName** of auto-provisioning'),
        ],
        values: pastedValues(samlWordsOf('google')),
      },
      {
        title: 'Map the attributes of the login',
        text: [
          '**First name** to **firstName**, **Last name** to **lastName**, **Primary email** to **email**, **Finish**.',
        ],
      },
      { title: 'Let people in', text: ['**User access**, **ON for everyone** or for a group.'] },
      {
        title: 'Open auto-provisioning',
        text: [
          'Google offers **Auto-provisioning** only for applications of its catalogue. Where it is missing, leave out the rest and turn “Create Customers at Login” on here.',
        ],
        guestText: [
          'Google offers **Auto-provisioning** only for applications of its catalogue. Where it is missing, leave out the rest and ask the store to create customers at their first login.',
        ],
      },
    ],
  },
  centrify: general('centrify'),
  generic: general('generic'),
};

/** The SAML half for a profile; whoever has no words of its own gets the general one. */
export const samlStepsOf = (profile: Profile): SamlSteps =>
  profile in samlSteps ? samlSteps[profile as Known] : samlSteps.generic;

/** Steps of provisioning that follow: those of the way that is meant, without what the SAML half has done already. */
export function provisioningSteps(own: Guide, { of, without }: SamlSteps): readonly GuideStep[] {
  const way = own.variants.find(({ id }) => id === of) ?? own.variants[0];
  return (way?.steps ?? []).filter(({ title }) => !without.includes(title));
}
