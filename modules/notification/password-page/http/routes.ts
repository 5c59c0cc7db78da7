import { Logger, type Route, route } from '../../../framework/index.ts';
import { Storefronts, Websites } from '../../../store/index.ts';
import { PasswordGuests } from '../guests.ts';
import { askedAgain, done } from '../page/answers.tsx';
import { passwordForm } from '../page/form.tsx';
import { againPath, PasswordPlaces, passwordPath } from '../place.ts';
import { assetRoute } from './assets.ts';
import { PasswordLimits } from './limits.ts';
import { passwordOperations } from './operations.ts';
import { anyShop, go, guarded, linkOf, receive, refuse, show, tellWorthless } from './reception.ts';

const inject = { guests: PasswordGuests, limits: PasswordLimits, storefronts: Storefronts, logger: Logger };
const reason = 'customers come here from a mail; what they may do is in its link';

/** Shows the form. Mail programs open links to look for danger: nothing is used up by it. */
const open = route(`GET ${passwordPath}`, {
  operation: passwordOperations.open,
  public: reason,
  inject,
  handle: (request, response, parts) =>
    receive(request, response, parts, request.query, async (guest, link) => {
      if (request.method === 'GET') await parts.guests.opened(guest);
      const { email, store } = guest;
      show(response, passwordForm({ shop: store.name, email, link, rules: await parts.guests.rules() }));
    }),
});

const set = route(`POST ${passwordPath}`, {
  operation: passwordOperations.set,
  public: reason,
  reads: 'form',
  inject,
  handle: (request, response, parts) =>
    receive(request, response, parts, request.body, async (guest, link, requestId) => {
      const { guests, limits } = parts;
      const wait = limits.password(guest.customerId);
      if (wait !== undefined) return refuse(response, parts, wait);
      const { password, password_confirmation: again } = request.body as Readonly<Record<string, unknown>>;
      const { email, store } = guest;
      const rules = await guests.rules();
      const given = typeof password === 'string' ? password : '';
      const broken = new Set(rules.filter(({ holds }) => !holds(given, email)).map(({ kind }) => kind));
      const differs = given !== again;
      if (broken.size > 0 || differs)
        return show(
          response,
          passwordForm({ shop: store.name, email, link, rules, refused: { broken, differs } }),
          422,
        );
      if (!(await guests.set(guest, link, given, requestId))) return tellWorthless(request, response, parts, link);
      go(response, `${passwordPath}/done?store=${store.storeId ?? ''}`);
    }),
});

const finished = route(`GET ${passwordPath}/done`, {
  operation: passwordOperations.finished,
  public: 'says that a password was set, and nothing of whose',
  inject: { storefronts: Storefronts, websites: Websites, places: PasswordPlaces },
  async handle(request, response, { storefronts, websites, places }) {
    const given = String(request.query.store ?? '');
    const store = /^\d{1,5}$/.test(given) ? await websites.storeById(Number(given)) : undefined;
    const known = store?.active && store.websiteId !== 0 ? store : undefined;
    const shop = known ? await storefronts.view(known.websiteId, known.id) : await storefronts.of(0);
    show(response, done(shop.name, (await places.of(shop))?.logIn));
  },
});

const another = route(`POST ${againPath}`, {
  operation: passwordOperations.another,
  public: reason,
  reads: 'form',
  inject,
  handle: (request, response, parts) =>
    guarded(request, response, parts, async () => {
      const link = await linkOf(request, response, parts, request.body);
      if (!link) return;
      const wait = await parts.limits.worthless(request);
      if (wait !== undefined) return refuse(response, parts, wait);
      await parts.guests.again(link);
      go(response, againPath);
    }),
});

const asked = route(`GET ${againPath}`, {
  operation: passwordOperations.asked,
  public: 'says that a mail may be on its way, to everybody',
  inject: { storefronts: Storefronts },
  async handle(_, response, { storefronts }) {
    show(response, askedAgain(await anyShop(storefronts)));
  },
});

/** The page that sets a password, where the store has none. */
export const passwordRoutes: readonly Route[] = [assetRoute, open, set, finished, another, asked];
