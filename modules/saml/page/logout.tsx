import type { VisitorPage } from '../../store/index.ts';

/** Asks before it logs out: a link alone must not do it. */
export const askLogout = (shop: string | undefined, action: string, returnTo: string | undefined): VisitorPage => ({
  title: 'Log out?',
  shop,
  body: (
    <form method="post" action={action}>
      {returnTo !== undefined && <input type="hidden" name="return_to" value={returnTo} />}
      <p>You are logged out of the store on all your devices, and of your identity provider where it takes part.</p>
      <p class="actions">
        <button type="submit">Log out</button>
      </p>
    </form>
  ),
});

/** How far a logout went. */
export type LogoutExtent = 'everywhere' | 'told' | 'partly' | 'here' | 'not-signed-in';

const said: Readonly<Record<LogoutExtent, { readonly title: string; readonly sentences: readonly string[] }>> = {
  everywhere: { title: 'You are logged out', sentences: ['You are logged out here and at your identity provider.'] },
  told: {
    title: 'You are logged out',
    sentences: ['You are logged out of this store. Your identity provider says that it has logged you out, too.'],
  },
  partly: {
    title: 'You are logged out here',
    sentences: [
      'You are logged out of this store. Your identity provider could not log you out everywhere.',
      'If others use this device, log out at your identity provider and close the browser.',
    ],
  },
  here: {
    title: 'You are logged out here',
    sentences: [
      'You are logged out of this store. You may still be logged in at your identity provider.',
      'If others use this device, log out there, too, and close the browser.',
    ],
  },
  'not-signed-in': { title: 'You are not logged in', sentences: ['Nobody is logged in here in this browser.'] },
};

/** Says how far a logout went, no further than it went. */
export const loggedOut = (
  shop: string | undefined,
  extent: LogoutExtent,
  next: { readonly href: string; readonly label: string },
): VisitorPage => {
  const { title, sentences } = said[extent];
  return {
    title,
    shop,
    body: (
      <>
        {sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <p class="actions">
          <a class="button" href={next.href}>
            {next.label}
          </a>
        </p>
      </>
    ),
  };
};
