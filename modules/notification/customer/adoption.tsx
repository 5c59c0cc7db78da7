import { Footer, Heading, type Letter, type MailStore, type MailTemplate, Paragraph } from '../../mail/index.ts';
import { type Addressee, type CustomerMail, storeOf } from './addressee.ts';
import { currentAddressee } from './current.ts';
import { example, Greeting } from './greeting.tsx';

export const adoptionMail = 'notification.adoption';

/** The notice to customers whose account an identity provider has taken over. */
export const adoptionTemplate: MailTemplate<CustomerMail> = {
  name: adoptionMail,
  label: 'Account taken over',
  sender: 'support',
  storeOf,
  async write(tx, { customerId, organisation = 'Your organisation' }, store) {
    const customer = await currentAddressee(tx, customerId);
    return 'withdrawn' in customer ? customer : adoptionLetter(customer, organisation, store);
  },
  example: (store) => adoptionLetter(example, example.organisation, store),
};

function adoptionLetter(
  { name, email }: Pick<Addressee, 'name' | 'email'>,
  organisation: string,
  store: MailStore,
): Letter {
  return {
    to: { address: email, name },
    subject: `Your account at ${store.name} is now managed by ${organisation}`,
    body: (
      <>
        <Heading>Your account is now managed by {organisation}</Heading>
        <Greeting name={name} />
        <Paragraph>
          {organisation} manages your account at {store.name} ({email}) from now on: it keeps your name and other
          details up to date, and it can close the account. Your orders and your password stay as they are.
        </Paragraph>
        <Footer>
          If you have nothing to do with {organisation}, please tell {store.name} by answering this mail.
        </Footer>
      </>
    ),
  };
}
