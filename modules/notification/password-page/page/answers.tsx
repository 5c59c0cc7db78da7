import type { PasswordLink } from '../link.ts';
import { againPath } from '../place.ts';
import type { PasswordPage } from './page.ts';

/** Whatever is wrong with a link: nobody learns whether there is such a customer. */
export const worthless = (shop: string, link: PasswordLink): PasswordPage => ({
  title: 'This link no longer works',
  shop,
  body: (
    <>
      <p>A link works for some hours, and once. A newer mail ends the links of those before it.</p>
      <form method="post" action={againPath}>
        <input type="hidden" name="id" value={link.customerId} />
        <input type="hidden" name="token" value={link.token} />
        <p class="actions">
          <button type="submit">Send me a new link</button>
        </p>
      </form>
    </>
  ),
});

/** The same whoever asked, and whether anything was sent or not. */
export const askedAgain = (shop: string): PasswordPage => ({
  title: 'Look into your mailbox',
  shop,
  body: (
    <>
      <p>If your link was the last one we sent you and your account is open, a mail with a new one is on its way.</p>
      <p>If none arrives within some minutes, look for a newer mail of ours, or ask the store.</p>
    </>
  ),
});

/** A link of which something is missing. */
export const broken = (shop: string): PasswordPage => ({
  title: 'This link is not whole',
  shop,
  body: <p>A part of it is missing. Copy the whole address out of the mail, up to its last letter.</p>,
});

/** Too much came from one network, or for one customer. */
export const tooMany = (shop: string): PasswordPage => ({
  title: 'Wait a moment',
  shop,
  body: <p>Too many attempts came from here. Your link stays as it is: try again in a few minutes.</p>,
});

/** The password is set. `logIn`: where it is good for something. */
export const done = (shop: string, logIn: string | undefined): PasswordPage => ({
  title: 'Your password is set',
  shop,
  body:
    logIn === undefined ? (
      <p>You can log in at the store with it now. This page can be closed.</p>
    ) : (
      <>
        <p>You can log in with it now.</p>
        <p class="actions">
          <a class="button" href={logIn}>
            Log in
          </a>
        </p>
      </>
    ),
});

/** It failed here. */
export const ourFault = (shop: string): PasswordPage => ({
  title: 'Something went wrong here',
  shop,
  body: <p>It is not your fault, and your link stays as it is. Try again in a few minutes.</p>,
});
