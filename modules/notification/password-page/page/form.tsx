import type { PasswordRule } from '../../../customer/index.ts';
import type { PasswordLink } from '../link.ts';
import { passwordPath } from '../place.ts';
import type { PasswordPage } from './page.ts';

/** A password that was sent and not taken. It is shown nowhere: only what is wrong with it. */
export interface Refused {
  readonly broken: ReadonlySet<PasswordRule['kind']>;
  /** Whether it was typed the same twice. */
  readonly differs: boolean;
}

/** Asks for a password, with the store's rules as a list. */
export function passwordForm(given: {
  readonly shop: string;
  readonly email: string;
  readonly link: PasswordLink;
  readonly rules: readonly PasswordRule[];
  readonly refused?: Refused | undefined;
}): PasswordPage {
  const { shop, email, link, rules, refused } = given;
  const weak = refused !== undefined && refused.broken.size > 0;
  return {
    title: 'Set your password',
    shop,
    body: (
      <>
        <p>
          for <strong dir="auto">{email}</strong>
        </p>
        {refused && (
          <p class="problem" role="alert">
            {weak
              ? 'This password will not do yet: see what is marked below.'
              : 'The two entries are not the same. Type the password once more.'}
          </p>
        )}
        <form method="post" action={passwordPath}>
          <input type="hidden" name="id" value={link.customerId} />
          <input type="hidden" name="token" value={link.token} />
          {/* Not shown: password managers look for the name that a password belongs to. */}
          <input
            class="unseen"
            type="text"
            name="username"
            value={email}
            autocomplete="username"
            readonly
            tabIndex={-1}
            aria-hidden="true"
          />
          <label for="password">New password</label>
          <input
            id="password"
            name="password"
            type="password"
            autocomplete="new-password"
            required
            aria-describedby="rules"
            aria-invalid={weak ? 'true' : undefined}
          />
          <ul id="rules" class="rules" data-email={email}>
            {rules
              .filter(({ kind }) => kind !== 'longest' || refused?.broken.has(kind))
              .map((rule) => (
                <Rule key={rule.kind} rule={rule} refused={weak ? refused : undefined} />
              ))}
          </ul>
          <label for="again">The same once more</label>
          <input
            id="again"
            name="password_confirmation"
            type="password"
            autocomplete="new-password"
            required
            aria-invalid={refused?.differs ? 'true' : undefined}
          />
          <p class="actions">
            <button type="submit">Set password</button>
          </p>
        </form>
      </>
    ),
  };
}

function Rule({ rule: { kind, measure, wanted }, refused }: { rule: PasswordRule; refused: Refused | undefined }) {
  const standing = refused === undefined ? undefined : refused.broken.has(kind) ? 'broken' : 'kept';
  return (
    <li class={standing} data-rule={kind} data-measure={measure}>
      {wanted}
      <span class="unseen">{standing === undefined ? '' : standing === 'kept' ? ': yes' : ': not yet'}</span>
    </li>
  );
}
