/** An answer, read to its end. */
export interface Page {
  readonly status: number;
  readonly text: string;
  readonly location: string | null;
  readonly headers: Headers;
}

/** A browser without scripts: keeps cookies, sends forms with the fields that the page gave them. Redirects are not followed. */
export interface BrowserVisitor {
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Page>;
  /** Opens `page`, takes the token of its first form and sends `fields` to `action` (the page itself unless said). */
  send(page: string, fields: Fields, action?: string): Promise<Page>;
  /** Sends a form without opening a page; the token only if it is among the fields. */
  post(path: string, fields: Fields, headers?: Record<string, string>): Promise<Page>;
  logIn(user: string, password: string, more?: Fields): Promise<Page>;
}

type Fields = Readonly<Record<string, string | readonly string[]>>;

/** A browser that nobody has logged in with yet, for the host at this address. */
export function visitor(url: string): BrowserVisitor {
  const cookies = new Map<string, string>();

  async function ask(path: string, init: RequestInit): Promise<Page> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', ...(cookie ? { cookie } : {}), ...(init.headers as Record<string, string>) };
    const response = await fetch(url + path, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const text = await response.text();
    return { status: response.status, text, location: response.headers.get('location'), headers: response.headers };
  }

  const self: BrowserVisitor = {
    cookies,
    get: (path, headers = {}) => ask(path, { headers }),
    post(path, fields, headers = {}) {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries(fields))
        for (const one of typeof value === 'string' ? [value] : value) body.append(name, one);
      return ask(path, { method: 'POST', body, headers });
    },
    async send(page, fields, action = page) {
      return self.post(action, { _token: tokenIn((await self.get(page)).text), ...fields });
    },
    logIn: (user, password, more = {}) => self.send('/admin/login', { user, password, ...more }),
  };
  return self;
}

/** The form token of a page. @throws Error where it has no form */
export function tokenIn(text: string): string {
  const token = /name="_token" value="([^"]+)"/.exec(text)?.[1];
  if (token === undefined) throw new Error(`the page has no form with a token: ${text.slice(0, 200)}`);
  return token;
}
