import type { ResetTokens } from '../../customer/index.ts';
import {
  Action,
  Footer,
  Heading,
  type Letter,
  Link,
  MailError,
  type MailStore,
  type MailTemplate,
  Paragraph,
} from '../../mail/index.ts';
import { noPlace, type PasswordPlace, type PasswordPlaces } from '../password-page/place.ts';
import { type Addressee, type CustomerMail, storeOf } from './addressee.ts';
import { currentAddressee } from './current.ts';
import { example, Greeting } from './greeting.tsx';

export const activationMail = 'notification.activation';

/**
 * The mail with which customers set their first password. Its token is issued when it is sent, so that it lies in no
 * queue, counts from then and goes to nobody who was deactivated meanwhile.
 */
export const activationTemplate = (resetTokens: ResetTokens, places: PasswordPlaces): MailTemplate<CustomerMail> => ({
  name: activationMail,
  label: 'Activation with password reset link',
  sender: 'general',
  storeOf,
  async write(tx, { customerId, organisation }, store, now) {
    const customer = await currentAddressee(tx, customerId);
    if ('withdrawn' in customer) return customer;
    // An administrator who invites means it; a provider that has set the password has made the mail pointless.
    if (customer.hasPassword && organisation !== undefined)
      return { withdrawn: 'The customer has a password already.' };
    const place = await places.of(store);
    if (!place) throw new MailError('MAIL_UNCONFIGURED', noPlace);
    const link = place.link(customerId, await resetTokens.issue(tx, customerId, now));
    return activationLetter({ customer, organisation, link, hours: await resetTokens.lifetime() }, place, store);
  },
  async example(store) {
    const place = await places.of(store);
    if (!place) throw new MailError('MAIL_UNCONFIGURED', noPlace);
    const link = place.link(example.customerId, 'ExampleExampleExampleExample1234');
    const { organisation } = example;
    return activationLetter(
      { customer: example, organisation, link, hours: await resetTokens.lifetime() },
      place,
      store,
    );
  },
});

interface Activation {
  readonly customer: Pick<Addressee, 'name' | 'email'>;
  readonly organisation: string | undefined;
  readonly link: string;
  readonly hours: number;
}

function activationLetter(
  { customer, organisation, link, hours }: Activation,
  { at, logIn }: PasswordPlace,
  store: MailStore,
): Letter {
  return {
    to: { address: customer.email, name: customer.name },
    subject: `Activate your account at ${store.name}`,
    body: (
      <>
        <Heading>Welcome to {store.name}</Heading>
        <Greeting name={customer.name} />
        <Paragraph>
          {organisation === undefined
            ? 'An account is ready for you. Set a password to activate it.'
            : `${organisation} has set up an account for you. Set a password to activate it.`}
        </Paragraph>
        <Action href={link}>Set a password</Action>
        <Paragraph>
          The link works for {hours === 1 ? 'an hour' : `${hours} hours`} and once. After that,{' '}
          {at === 'store' && logIn !== undefined ? (
            <>
              ask for another one with “Forgot Your Password?” at <Link href={logIn}>{logIn}</Link>.
            </>
          ) : (
            'open it again and ask there for another one.'
          )}{' '}
          You log in with {customer.email}.
        </Paragraph>
        <Footer>If you did not expect this mail, you need not do anything.</Footer>
      </>
    ),
  };
}
