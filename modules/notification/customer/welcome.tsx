import { Action, Footer, Heading, type MailTemplate, Paragraph } from '../../mail/index.ts';
import type { CustomerMail } from './addressee.ts';
import { currentAddressee } from './current.ts';

export const welcomeMail = 'notification.welcome';

/** The mail that tells customers of their new account, for those who log in by their organisation. */
export const welcomeTemplate: MailTemplate<CustomerMail> = {
  name: welcomeMail,
  label: 'Welcome',
  sender: 'general',
  async write(tx, { customerId, organisation = 'Your organisation' }, store) {
    const customer = await currentAddressee(tx, customerId);
    if ('withdrawn' in customer) return customer;
    return {
      to: { address: customer.email, name: customer.name },
      subject: `Welcome to ${store.name}`,
      body: (
        <>
          <Heading>Welcome to {store.name}</Heading>
          <Paragraph>Hello{customer.name === '' ? '' : ` ${customer.name}`},</Paragraph>
          <Paragraph>
            {organisation} has set up an account for you at {store.name}, with the address {customer.email}.
          </Paragraph>
          {store.url === undefined ? null : <Action href={store.url}>Visit {store.name}</Action>}
          <Footer>If you did not expect this mail, you need not do anything.</Footer>
        </>
      ),
    };
  },
};
