import {
  Action,
  Footer,
  Heading,
  type Letter,
  type MailStore,
  type MailTemplate,
  Paragraph,
} from '../../mail/index.ts';
import { type Addressee, type CustomerMail, storeOf } from './addressee.ts';
import { currentAddressee } from './current.ts';
import { example, Greeting } from './greeting.tsx';

export const welcomeMail = 'notification.welcome';

/** The mail that tells customers of their new account, for those who log in by their organisation. */
export const welcomeTemplate: MailTemplate<CustomerMail> = {
  name: welcomeMail,
  label: 'Welcome',
  sender: 'general',
  storeOf,
  async write(tx, { customerId, organisation }, store) {
    const customer = await currentAddressee(tx, customerId);
    return 'withdrawn' in customer ? customer : welcomeLetter(customer, organisation, store);
  },
  example: (store) => welcomeLetter(example, example.organisation, store),
};

function welcomeLetter(
  { name, email }: Pick<Addressee, 'name' | 'email'>,
  organisation: string | undefined,
  store: MailStore,
): Letter {
  return {
    to: { address: email, name },
    subject: `Welcome to ${store.name}`,
    body: (
      <>
        <Heading>Welcome to {store.name}</Heading>
        <Greeting name={name} />
        <Paragraph>
          {organisation === undefined
            ? `You have an account at ${store.name}, with the address ${email}.`
            : `${organisation} has set up an account for you at ${store.name}, with the address ${email}.`}
        </Paragraph>
        {store.url === undefined ? null : <Action href={store.url}>Visit {store.name}</Action>}
        <Footer>If you did not expect this mail, you need not do anything.</Footer>
      </>
    ),
  };
}
