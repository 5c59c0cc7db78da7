import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SamlProvider } from '../../modules/saml/index.ts';
import { AssertionVerifier } from '../../modules/saml/verification/assertion-verifier.ts';
import { createAssertionVerifier } from '../../modules/saml/verification/verify-assertion.ts';
import { type Forgery, forge } from '../saml/idp/forge.ts';
import { openSignInHost, type SignInHost } from '../saml/login/sign-in-host.ts';
import { sqlite } from '../setup/databases.ts';
import { median } from './report.ts';

/** A login that only has to be answered. */
interface Login {
  /** The form, urlencoded. */
  readonly body: string;
  readonly cookie: string;
}

const batch = 20;

/** CPU of this process per login, in µs: all its threads, the collector's and the compiler's too. */
async function cpuOf(logins: readonly Login[], work: Promise<void>, began = process.cpuUsage()): Promise<number> {
  await work;
  const { user, system } = process.cpuUsage(began);
  return (user + system) / logins.length;
}

async function begin(room: SignInHost, provider: SamlProvider, assertion: Forgery['assertion']): Promise<Login> {
  // Limits count by this clock, which stands still otherwise.
  room.advance(10);
  const browser = room.visitor();
  const id = await room.begin(browser);
  const { field } = forge({ provider, now: room.now(), inResponseTo: id, assertion: assertion ?? {} });
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return { body: String(new URLSearchParams({ SAMLResponse: field, RelayState: id })), cookie };
}

/** A browser in a process of its own: what it takes to send a form and to read the answer is no cost of ours. */
function openBrowser() {
  const child = fork(new URL('./saml-browser.mjs', import.meta.url), { execArgv: [] });
  return {
    /** Sends the forms one after the other. */
    post: (url: string, logins: readonly Login[]): Promise<void> =>
      new Promise((resolve, reject) => {
        child.once('message', (problem) => (problem === null ? resolve() : reject(new Error(String(problem)))));
        child.send({ url, logins });
      }),
    close: (): void => child.disconnect(),
  };
}

/** A server that reads a form and redirects: what the wire costs in any case. */
async function openBareServer(): Promise<{ readonly url: string; close(): void }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(303, { location: '/' }).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}

/**
 * What the answer to a login costs on SQLite, from the form to the redirect: verification, provisioning, record and session
 * of somebody who has signed in before. The browser is another process; a bare HTTP exchange of the same form is subtracted.
 * The check is measured in the midst of the login, where caches are as cold as they are for the login; before the
 * verification and behind it in turns.
 *
 * @param check what nobody can leave out of it; subtracted as well
 * @returns µs of CPU each; medians of `rounds`
 */
export async function loginCost(
  rounds: number,
  assertion: Forgery['assertion'],
  check: (field: string, provider: SamlProvider) => void,
): Promise<{ readonly login: number; readonly check: number; readonly ratio: number }> {
  let [checked, turn] = [0, 0];
  const verifier = createAssertionVerifier();
  const measured: AssertionVerifier = {
    async verify(arrival) {
      const first = turn++ % 2 === 0;
      const measure = (): void => {
        const began = process.cpuUsage();
        check(arrival.response, arrival.provider);
        const { user, system } = process.cpuUsage(began);
        checked += user + system;
      };
      if (first) measure();
      const verified = await verifier.verify(arrival);
      if (!first) measure();
      return verified;
    },
  };
  const room = await openSignInHost(sqlite, { override: [[AssertionVerifier, measured]] });
  const bare = await openBareServer();
  const browser = openBrowser();
  const costs: { login: number; check: number; ratio: number }[] = [];
  try {
    await room.provision('ada@example.com');
    const provider = await room.provider();
    // The first rounds warm everything up.
    for (let round = -15; round < rounds; round++) {
      const logins: Login[] = [];
      for (let i = 0; i < batch; i++) logins.push(await begin(room, provider, assertion));
      checked = 0;
      const whole = await cpuOf(logins, browser.post(`${room.url}/saml/default/acs`, logins));
      const needed = checked / logins.length;
      const exchange = await cpuOf(logins, browser.post(bare.url, logins));
      const login = whole - needed - exchange;
      if (round >= 0) costs.push({ login, check: needed, ratio: login / needed });
    }
  } finally {
    browser.close();
    bare.close();
    await room.close();
  }
  const middle = (name: 'login' | 'check' | 'ratio'): number => median(costs.map((cost) => cost[name]));
  return { login: middle('login'), check: middle('check'), ratio: middle('ratio') };
}
