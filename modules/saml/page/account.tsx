import type { VisitorPage } from '../../store/index.ts';

/** What the account page shows of a customer. */
export interface Account {
  readonly name: string;
  readonly email: string;
  readonly group: string | undefined;
  readonly addresses: readonly { readonly lines: readonly string[]; readonly use: string | undefined }[];
}

/** Who is signed in, where no storefront shows it. */
export function accountPage(shop: string | undefined, account: Account, logout: string): VisitorPage {
  return {
    title: account.name,
    shop,
    body: (
      <>
        <dl>
          <dt>E-mail</dt>
          <dd>{account.email}</dd>
          {account.group !== undefined && (
            <>
              <dt>Group</dt>
              <dd>{account.group}</dd>
            </>
          )}
        </dl>
        <section>
          <h2>Addresses</h2>
          {account.addresses.length === 0 ? (
            <p>There is none.</p>
          ) : (
            <ul>
              {account.addresses.map(({ lines, use }) => (
                <li key={lines.join()}>
                  <address>
                    {lines.join('\n')}
                    {use !== undefined && <small>{`\n${use}`}</small>}
                  </address>
                </li>
              ))}
            </ul>
          )}
        </section>
        <form method="post" action={logout}>
          <p class="actions">
            <button type="submit">Log out</button>
          </p>
        </form>
      </>
    ),
  };
}
