import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { escaped } from '../idp/messages.ts';

/** What a storefront needs to know to let people in by SAML. */
export interface StorefrontSettings {
  /** Where browsers find the storefront, and where the host is for browsers. */
  readonly origin: string;
  readonly host: string;
  readonly connection: string;
  /** Where the storefront itself reaches the host. */
  readonly exchangeUrl: string;
  /** A token of the connection with the scope `saml:exchange`. */
  readonly token: () => Promise<string>;
}

interface Customer {
  readonly customerId: number;
  readonly email: string;
  readonly token: string;
}

/** A storefront of a few lines: a link to sign in, the exchange of the code, who is signed in, a link to log out. */
export async function openStorefront(settings: StorefrontSettings) {
  const { origin, host, connection, exchangeUrl, token } = settings;
  const landing = `${origin}/saml/`;
  const saml = `${host}/saml/${connection}`;
  let customer: Customer | undefined;

  const page = (response: ServerResponse, body: string): void => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><html lang="en"><head><title>Shop</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`,
    );
  };
  const link = (path: string, words: string): string =>
    `<a href="${escaped(`${saml}/${path}?return_to=${encodeURIComponent(landing)}`)}">${words}</a>`;

  async function exchange(code: string): Promise<Customer | undefined> {
    const response = await fetch(exchangeUrl, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await token()}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ code, redirect_uri: landing }),
    });
    return response.ok ? ((await response.json()) as Customer) : undefined;
  }

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', origin);
    const code = url.searchParams.get('code');
    if (url.pathname === '/saml/' && code !== null) {
      customer = await exchange(code);
      // The code stays in nobody's history.
      response.writeHead(303, { Location: customer ? '/' : '/?refused' }).end();
    } else if (url.pathname === '/saml/') {
      customer = undefined;
      response.writeHead(303, { Location: '/?bye' }).end();
    } else if (customer)
      page(response, `<h1>Hello, ${escaped(customer.email)}</h1><p>${link('logout', 'Log out')}</p>`);
    else
      page(
        response,
        `<h1>Shop</h1><p>${url.search === '?refused' ? 'Not signed in.' : ''} ${link('login', 'Sign in')}</p>`,
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    customer: () => customer,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
