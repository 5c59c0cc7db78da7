import { Activities } from '../../../activity/index.ts';
import { Badge, LinkButton, page, screen, type Tone } from '../../../admin/index.ts';
import { Tokens } from '../../token.ts';
import { ConnectionUsers, usersOf } from '../connection-users.ts';
import { linkServices, publicBecause, whileHeld } from './held-link.tsx';
import { mostUsers, ownChecks } from './own-checks.ts';
import { type SetupCheck, SetupChecks } from './setup-checks.ts';

const words: Readonly<Record<SetupCheck['state'], readonly [Tone, string]>> = {
  good: ['good', 'Good'],
  open: ['neutral', 'Not yet'],
  note: ['info', 'Note'],
  warn: ['warn', 'Look at it'],
  bad: ['bad', 'In the way'],
};

/** Records that are looked at. */
const lately = 50;

/** "Check everything": all that can be told from what has really come in. Nothing is sent, no test user is made. */
export const checkPage = page('/setup/:link/check', {
  public: publicBecause,
  inject: {
    ...linkServices,
    tokens: Tokens,
    activities: Activities,
    users: ConnectionUsers,
    checks: SetupChecks,
  },
  view: (visit, { tokens, activities, users, checks, ...given }) =>
    whileHeld(visit, given, async ({ link, connection }) => {
      const { database } = given;
      const recent = await activities.recent(database, { connectionId: connection.id, limit: lately });
      const count = (await usersOf(users, database, [connection.id], mostUsers)).get(connection.id) ?? 0;
      const held = await tokens.list(database, connection.id);
      const sorted = checks.toSorted((a, b) => a.sortOrder - b.sortOrder);
      const others = await Promise.all(sorted.map((source) => source.of(database, connection, recent)));
      const found = [...ownChecks({ connection, tokens: held, users: count, recent }), ...others.flat()];
      const wrong = found.filter(({ state }) => state === 'warn' || state === 'bad').length;
      const open = found.filter(({ state }) => state === 'open').length;
      return screen({
        title: 'Check Everything',
        layout: 'guest',
        back: { href: `/setup/${link.publicId}/guide`, label: 'Guide' },
        lead:
          wrong > 0
            ? 'Something is to be looked at.'
            : open > 0
              ? 'Nothing is wrong, and not everything has happened yet.'
              : 'Everything is in place.',
        actions: (
          <>
            <LinkButton href={visit.path}>Check Again</LinkButton>
            <LinkButton href={`/setup/${link.publicId}/finish`} look="primary" icon="check">
              Finish
            </LinkButton>
          </>
        ),
        body: (
          <div class="card">
            <ul class="card-body checks">
              {found.map(({ state, what, cure }) => (
                <li key={what}>
                  <Badge tone={words[state][0]}>{words[state][1]}</Badge>
                  <div>
                    {what}
                    {cure !== undefined && state !== 'good' && <p class="muted">{cure}</p>}
                  </div>
                </li>
              ))}
            </ul>
          </div>
        ),
      });
    }),
});
