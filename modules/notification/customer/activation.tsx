import type { ResetTokens } from '../../customer/index.ts';
import { Action, Footer, Heading, Link, MailError, type MailTemplate, Paragraph } from '../../mail/index.ts';
import type { CustomerMail } from './addressee.ts';
import { currentAddressee } from './current.ts';

export const activationMail = 'notification.activation';

/** What an activation mail needs to know of a storefront that has no address. */
export const noStorefront =
  'Nobody has said where customers log in; set web/secure/base_url, such as https://www.shop.example/, and retry it.';

/**
 * The mail with which customers set their first password. Its token is issued when it is sent, so that it lies in no
 * queue, counts from then and goes to nobody who was deactivated meanwhile.
 */
export const activationTemplate = (resetTokens: ResetTokens): MailTemplate<CustomerMail> => ({
  name: activationMail,
  label: 'Activation with password reset link',
  sender: 'general',
  async write(tx, { customerId, organisation }, store, now) {
    const customer = await currentAddressee(tx, customerId);
    if ('withdrawn' in customer) return customer;
    // An administrator who invites means it; a provider that has set the password has made the mail pointless.
    if (customer.hasPassword && organisation !== undefined)
      return { withdrawn: 'The customer has a password already.' };
    if (store.url === undefined) throw new MailError('MAIL_UNCONFIGURED', noStorefront);
    const token = await resetTokens.issue(tx, customerId, now);
    const hours = await resetTokens.lifetime();
    // Magento's own link. Versions differ in whether they ask for the id beside the token, and ignore what they don't.
    const href = `${store.url}customer/account/createPassword/?token=${encodeURIComponent(token)}&id=${customerId}`;
    const logIn = `${store.url}customer/account/login/`;
    return {
      to: { address: customer.email, name: customer.name },
      subject: `Activate your account at ${store.name}`,
      body: (
        <>
          <Heading>Welcome to {store.name}</Heading>
          <Paragraph>Hello{customer.name === '' ? '' : ` ${customer.name}`},</Paragraph>
          <Paragraph>
            {organisation === undefined
              ? 'An account is ready for you. Set a password to activate it.'
              : `${organisation} has set up an account for you. Set a password to activate it.`}
          </Paragraph>
          <Action href={href}>Set a password</Action>
          <Paragraph>
            The link works for {hours === 1 ? 'an hour' : `${hours} hours`} and once. After that, ask for another one
            with “Forgot Your Password?” at <Link href={logIn}>{logIn}</Link>. You log in with {customer.email}.
          </Paragraph>
          <Footer>If you did not expect this mail, you need not do anything.</Footer>
        </>
      ),
    };
  },
});
