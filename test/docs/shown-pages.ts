import conformance from '../../modules/conformance/module.ts';
import mail from '../../modules/mail/module.ts';
import notification from '../../modules/notification/module.ts';
import reconciliation from '../../modules/reconciliation/module.ts';
import saml from '../../modules/saml/module.ts';
import storeApi from '../../modules/store-api/module.ts';
import transfer from '../../modules/transfer/module.ts';
import { Webhooks } from '../../modules/webhook/index.ts';
import webhook from '../../modules/webhook/module.ts';
import { type BrowserVisitor, visitor } from '../admin/visitor.ts';
import { entityDescriptor } from '../saml/metadata/idp-document.ts';
import { type AdministeredHost, openAdministeredHost } from '../setup/administered-host.ts';
import { sqlite } from '../setup/databases.ts';

const okta = '/admin/connections/okta';

/** A store in which every page has something to show: users, a hold, a draft, metadata, a webhook, a setup link. */
export async function openDocumentedHost(): Promise<AdministeredHost> {
  const modules = [mail, notification, saml, conformance, webhook, reconciliation, transfer, storeApi];
  const host = await openAdministeredHost(sqlite, modules);
  const scim = await host.connect('okta', { profile: 'okta' });
  const users: string[] = [];
  for (let at = 0; at < 12; at++) users.push(await scim.create({ userName: `u${at}@example.com` }));
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
  await scim.send('POST', '/Groups', { schemas, displayName: 'Staff', members: [{ value: users[0] }] });
  host.advance(2 * 3600);
  for (const id of users) await scim.patch(id, { op: 'replace', path: 'active', value: false });
  await host.records();
  const browser = await host.enter();
  await browser.send(`${okta}/saml`, { metadataText: entityDescriptor() }, `${okta}/saml/metadata`);
  const { text } = await browser.get(`${okta}/mapping`);
  const revision = /name="revision" value="(\d+)"/.exec(text)?.[1] ?? '0';
  const row = { revision, type: 'constant', value: 'VIP', target: 'taxvat', apply: 'always', onNull: 'keep' };
  await browser.send(`${okta}/mapping/rows/new`, row);
  const hook = { connectionId: 2, scope: 'store/customer/*', destination: 'https://receiver.example/' };
  await host.database.transaction((tx) => host.host.resolve(Webhooks).create(tx, hook, host.now()));
  return host;
}

/** What a page says: its text, and what stands on its fields. */
function wordsOf(html: string): string {
  const said = [...html.matchAll(/(?:aria-label|placeholder|title)="([^"]*)"/g)].map(([, text = '']) => text);
  const text = html.replaceAll(/<(script|style|svg)[\s\S]*?<\/\1>/g, ' ').replaceAll(/<[^>]*>/g, ' ');
  const names: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };
  return `${text} ${said.join(' ')}`
    .replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => names[name] ?? '')
    .replaceAll(/\s+/g, ' ');
}

/** Which page it is, whatever it is about: one of each kind is enough. */
const kindOf = (path: string): string => path.replaceAll(/\/\d+|\/(?=[\w-]*\d)[\w-]{8,}/g, '/N');
const aside = /\/(export|csv|login|second-factor)\b|\.(xml|pem|csv|json|css|js|svg)$|\/connections\/(?!okta|new)/;

/** The words of all pages that links lead to from here. */
async function follow(browser: BrowserVisitor, from: readonly string[], within: string): Promise<string> {
  const seen = new Set(from.map(kindOf));
  const texts: string[] = [];
  const waiting = [...from];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const { text, location } = await browser.get(path);
    texts.push(wordsOf(text));
    for (const [, link = ''] of [...text.matchAll(/href="([^"#]*)"/g), ['', location ?? '']]) {
      const [place = '', query = ''] = link.replaceAll('&amp;', '&').split('?');
      const next = /^(part|way|scope)=/.test(query) ? `${place}?${query}` : place;
      if (!place.startsWith(within) || aside.test(place) || seen.has(kindOf(next))) continue;
      seen.add(kindOf(next));
      waiting.push(next);
    }
  }
  return texts.join(' ');
}

/** Everything that administrators and, behind a setup link, identity administrators can read on the pages. */
export async function everythingShown(host: AdministeredHost): Promise<string> {
  const browser = await host.enter();
  const patched = (await host.records()).find(({ operation }) => operation === 'user.deactivate');
  const more = [
    '/admin/connections/default',
    `/admin/reports/provisioning/${patched?.id}`,
    '/admin/webhooks/1/replay',
    '/admin/configuration/customer?scope=website:base',
    '/admin/configuration/customer?scope=store:default',
  ];
  const administration = await follow(browser, ['/admin', ...more], '/admin');
  const made = await browser.send(`${okta}/invitations/new`, { name: 'Dana', days: '7' });
  const link = new URL(/value="([^"]*\/setup\/[^"]*)"/.exec(made.text)?.[1] ?? '').pathname;
  const guest = visitor(host.url);
  const start = (await guest.get(link)).location ?? '';
  const begin = wordsOf((await guest.get(start)).text);
  await guest.send(start, {});
  const before = wordsOf((await guest.get(`${start}/guide`)).text);
  const token = wordsOf((await guest.send(`${start}/guide`, {}, `${start}/token`)).text);
  const rotating = wordsOf((await browser.get(okta)).text);
  return [administration, begin, before, token, rotating, await follow(guest, [`${start}/guide`], start)].join(' ');
}
