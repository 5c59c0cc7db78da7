import { Footer, Heading, type MailTemplate, Paragraph } from '../../mail/index.ts';
import type { CustomerMail } from './addressee.ts';
import { currentAddressee } from './current.ts';

export const adoptionMail = 'notification.adoption';

/** The notice to customers whose account an identity provider has taken over. */
export const adoptionTemplate: MailTemplate<CustomerMail> = {
  name: adoptionMail,
  label: 'Account taken over',
  sender: 'support',
  async write(tx, { customerId, organisation = 'Your organisation' }, store) {
    const customer = await currentAddressee(tx, customerId);
    if ('withdrawn' in customer) return customer;
    return {
      to: { address: customer.email, name: customer.name },
      subject: `Your account at ${store.name} is now managed by ${organisation}`,
      body: (
        <>
          <Heading>Your account is now managed by {organisation}</Heading>
          <Paragraph>Hello{customer.name === '' ? '' : ` ${customer.name}`},</Paragraph>
          <Paragraph>
            {organisation} manages your account at {store.name} ({customer.email}) from now on: it keeps your name and
            other details up to date, and it can close the account. Your orders and your password stay as they are.
          </Paragraph>
          <Footer>
            If you have nothing to do with {organisation}, please tell {store.name} by answering this mail.
          </Footer>
        </>
      ),
    };
  },
};
