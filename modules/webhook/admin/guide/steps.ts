import type { GuideStep, KnownTrouble } from '../../../connection/index.ts';

/** What steps tell of themselves. */
export const subscribed = 'webhook.subscribed';
export const delivered = 'webhook.delivered';

/** What happens in the store reaches miniOrange: the BigCommerce guide's webhooks, step by step. */
export const miniOrangeSteps: readonly GuideStep[] = [
  {
    title: 'Have an application that knows the store',
    text: [
      'In the miniOrange console: **Apps › Add Application › JWT**, **BigCommerce**. Give a **Custom App Name**, turn **Show On End User Dashboard** off, and save. Where single sign-on is set up already, that application will do.',
    ],
  },
  {
    title: 'Copy its app secret',
    text: [
      'Edit the application and copy the **App secret**: every delivery carries it, so miniOrange knows who calls.',
    ],
    guestText: [
      'Edit the application and copy the **App secret**. Give it to whoever invited you in a safe way, with the number of your miniOrange account.',
    ],
  },
  {
    title: 'Add the webhook',
    text: [
      'The tab **Webhooks** here, **Add Webhook**: miniOrange’s values are filled in. In the destination type the number of your miniOrange account in place of **{customerId}**, and paste the app secret as the value of **app-secret**.',
    ],
    guestText: [
      'The administrator of the store adds a webhook with these values: the number of your account stands in place of {customerId}. This step ticks itself when it is done.',
    ],
    values: [
      { label: 'Scope', value: '{webhook.scope}' },
      { label: 'Destination', value: '{webhook.destination}' },
      { label: 'Header', value: 'app-secret' },
    ],
    done: subscribed,
  },
  {
    title: 'Send a test event',
    text: ['Open the webhook and press **Send Test Event**: the answer should be 200.'],
    guestText: ['The administrator of the store sends a test event; miniOrange should answer 200.'],
  },
  {
    title: 'Change a customer of the store',
    text: [
      'Create, change or delete one, by whatever means. Within a second the delivery stands in the log of the webhook, and the same has happened under **Users › User List** in miniOrange.',
    ],
    done: delivered,
  },
];

export const webhookTroubles: readonly KnownTrouble[] = [
  {
    says: 'Deliveries are answered with 401 or 403',
    means: 'miniOrange does not know the app secret: it was pasted with a blank, or the application has a new one.',
    cure: 'Edit the webhook, type the secret of the application anew as the value of app-secret, and send a test event.',
    guestCure: 'Give the secret of the application to whoever invited you once more.',
  },
  {
    says: 'Deliveries are answered with 404',
    means: 'The destination still says {customerId}, or the number of another account.',
    cure: 'Edit the webhook and put the number of your miniOrange account at the end of the destination.',
    guestCure: 'Tell whoever invited you the number of your miniOrange account.',
  },
];
