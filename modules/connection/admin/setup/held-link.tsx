import { type Answer, redirect, type Screen, screen, type Visit } from '../../../admin/index.ts';
import { Clock, Database } from '../../../framework/index.ts';
import { type Connection, Connections } from '../../connection.ts';
import { parseLinkText } from '../../setup/link-text.ts';
import { type SetupLink, SetupLinks } from '../../setup/setup-link.ts';

/** Why pages below `/setup` need no account. */
export const publicBecause = 'an identity administrator without an account; the link that this browser took says who';

export const linkServices = { database: Database, connections: Connections, links: SetupLinks, clock: Clock };
export interface LinkServices {
  readonly database: Database;
  readonly connections: Connections;
  readonly links: SetupLinks;
  readonly clock: Clock;
}

/** Under this name a browser keeps the secret of a link: first the link's own, then the one that it was given for it. */
export const keepsakeOf = (publicId: string): string => `setup_${publicId}`;

/** A link in the browser that took it. */
export interface Held {
  readonly link: SetupLink;
  readonly connection: Connection;
  /** Who does it, as records name them. */
  readonly actor: string;
  readonly now: Date;
}

/** A page that says why there is no guide here, and what to do. */
export const closedScreen = (title: string, text: string, status = 410): Screen =>
  screen({
    title,
    status,
    layout: 'guest',
    secretAddress: true,
    body: (
      <div class="card narrow">
        <div class="card-body">
          <p>{text}</p>
        </div>
      </div>
    ),
  });

const ask = 'Ask whoever sent it to you for a new one.';

/** What a link's state says to whoever has the link but not the browser that took it; undefined while it is open. */
export function closedBy({ state, name }: SetupLink): Screen | undefined {
  if (state === 'taken')
    return closedScreen(
      'This link was used already',
      `Somebody has begun with it in another browser, and it works nowhere else. If that was not you, ${name}, say so: the link can be revoked. ${ask}`,
    );
  if (state === 'done') return closedScreen('This set-up is finished', `The link ended with it. ${ask}`);
  if (state === 'revoked') return closedScreen('This link was taken back', ask);
  if (state === 'expired') return closedScreen('This link has expired', ask);
  return undefined;
}

/** Nobody who does not hold a link hears more than this. */
export const unknownScreen = (): Screen =>
  closedScreen(
    'This link opens nothing',
    'It is incomplete or mistyped, or this is not the browser that began with it (cookies must be allowed). Open the whole link once more, as it was sent to you.',
    404,
  );

/**
 * Shows `show` in the browser that holds the link; everybody else is told what is the matter. A browser that has opened
 * a link and not begun goes to where one begins.
 */
export async function whileHeld(
  visit: Visit,
  { database, connections, links, clock }: LinkServices,
  show: (held: Held) => Promise<Answer>,
): Promise<Answer> {
  const publicId = parseLinkText(visit.params.link ?? '')?.publicId;
  const secret = publicId === undefined ? undefined : visit.remembered(keepsakeOf(publicId));
  if (publicId === undefined || secret === undefined) return unknownScreen();
  const now = clock.now();
  const found = await links.find(database, publicId, secret, now);
  if (!found) return unknownScreen();
  const { link, holder } = found;
  if (link.state === 'open') return redirect(`/setup/${publicId}`);
  const closed = holder && link.state === 'taken' ? undefined : closedBy(link);
  if (closed) return closed;
  const connection = await connections.byId(database, link.connectionId);
  if (!connection) return unknownScreen();
  await links.used(database, link, visit, now);
  return show({ link, connection, actor: `setup link of ${link.name}`, now });
}
