import { Activities } from '../../../activity/index.ts';
import { type Answer, action, Button, Form, Moment, page, redirect, screen, type Visit } from '../../../admin/index.ts';
import { type Storefront, Storefronts } from '../../../store/index.ts';
import type { Connection } from '../../connection.ts';
import { parseLinkText } from '../../setup/link-text.ts';
import type { SetupLink } from '../../setup/setup-link.ts';
import { providerOf } from '../identity-provider.ts';
import { closedBy, keepsakeOf, type LinkServices, linkServices, publicBecause, unknownScreen } from './held-link.tsx';

/** Where one works with a link. */
const workPath = ({ publicId, mayChooseProvider }: SetupLink): `/${string}` =>
  mayChooseProvider ? `/setup/${publicId}/provider` : `/setup/${publicId}/guide`;

const secondsUntil = (at: string, now: Date): number =>
  Math.max(1, Math.floor((Date.parse(`${at.replace(' ', 'T')}Z`) - now.getTime()) / 1000));

/** Programs that look at links in mails open them, too: only the button takes the link. */
const beginScreen = (connection: Connection, { link, store }: { link: SetupLink; store: Storefront }) => {
  const provider = providerOf(connection.profile);
  const whose = link.mayChooseProvider ? 'your identity provider' : provider.name;
  return screen({
    title: `Connect ${whose} to ${store.name}`,
    layout: 'guest',
    lead: `${link.createdBy} asks you, ${link.name}, to set up ${connection.name}.`,
    body: (
      <Form action={`/setup/${link.publicId}`} class="card narrow">
        <div class="card-body">
          <p>People in your directory become customers of {store.name}, and are kept up to date. This page has</p>
          <ul class="plain-list">
            <li>the steps in the console of {whose}, with the values to paste,</li>
            <li>the token, which you make here and which is shown once,</li>
            <li>what comes in, as it comes in.</li>
          </ul>
          <p>
            Begin in the browser in which you administer {whose}: from then on the link works here and nowhere else,
            until <Moment at={link.expiresAt} />.
          </p>
          <div class="form-buttons">
            <Button look="primary">Begin</Button>
          </div>
        </div>
      </Form>
    ),
  });
};

async function opened(visit: Visit, given: LinkServices & { storefronts: Storefronts }): Promise<Answer> {
  const { database, connections, links, clock, storefronts } = given;
  const asked = parseLinkText(visit.params.link ?? '');
  if (!asked) return unknownScreen();
  const now = clock.now();
  const { publicId } = asked;
  const kept = visit.remembered(keepsakeOf(publicId));
  const known = kept === undefined ? undefined : await links.find(database, publicId, kept, now);
  if (known?.holder && known.link.state === 'taken') return redirect(workPath(known.link));
  if (asked.secret !== undefined) {
    const found = await links.find(database, publicId, asked.secret, now);
    if (!found) return unknownScreen();
    const closed = closedBy(found.link);
    if (closed) return closed;
    // The secret leaves the address before anything is shown: no page, script or history entry has it.
    const remember = {
      name: keepsakeOf(publicId),
      value: asked.secret,
      seconds: secondsUntil(found.link.expiresAt, now),
    };
    return { ...redirect(`/setup/${publicId}`), remember };
  }
  if (!known) return unknownScreen();
  const closed = closedBy(known.link);
  if (closed) return closed;
  const connection = await connections.byId(database, known.link.connectionId);
  if (!connection) return unknownScreen();
  return beginScreen(connection, { link: known.link, store: await storefronts.of(connection.websiteId) });
}

/** The link itself, and the page behind it on which one begins. */
export const openPage = page('/setup/:link', {
  public: publicBecause,
  inject: { ...linkServices, storefronts: Storefronts },
  view: opened,
});

/** Takes the link for this browser. */
export const begin = action('/setup/:link', {
  public: publicBecause,
  inject: { ...linkServices, activities: Activities },
  async perform(visit, { database, links, activities, clock }) {
    const publicId = parseLinkText(visit.params.link ?? '')?.publicId;
    const secret = publicId === undefined ? undefined : visit.remembered(keepsakeOf(publicId));
    if (publicId === undefined || secret === undefined) return unknownScreen();
    const now = clock.now();
    const session = await database.transaction(async (tx) => {
      const taken = await links.take(tx, publicId, secret, visit, now);
      const found = taken === undefined ? undefined : await links.find(tx, publicId, taken, now);
      if (found)
        activities.record(tx, {
          at: now,
          operation: 'setup-link.begin',
          outcome: 'done',
          status: 200,
          connectionId: found.link.connectionId,
          subject: found.link.name,
          actor: `setup link of ${found.link.name}`,
          notes: [`Begun from ${visit.address}.`],
        });
      return taken;
    });
    const found = await links.find(database, publicId, session ?? secret, now);
    if (!found) return unknownScreen();
    if (session === undefined)
      return found.holder ? redirect(workPath(found.link)) : (closedBy(found.link) ?? unknownScreen());
    const remember = { name: keepsakeOf(publicId), value: session, seconds: secondsUntil(found.link.expiresAt, now) };
    return { ...redirect(workPath(found.link)), remember };
  },
});
