import { page, screen } from '../../../admin/index.ts';
import { Tokens } from '../../token.ts';
import { arrivalSources, arrivalsOf } from '../arrivals.ts';
import { LivePanel } from '../live-panel.tsx';
import { looksOf } from '../looks.ts';
import { linkServices, publicBecause, whileHeld } from './held-link.tsx';

/** What came in lately, alone: the guide's panel fetches it again and again. */
export const setupRequestsPage = page('/setup/:link/requests', {
  public: publicBecause,
  inject: { ...linkServices, ...arrivalSources, tokens: Tokens },
  view: (visit, { tokens, ...given }) =>
    whileHeld(visit, given, async ({ link, connection }) => {
      const held = await tokens.list(given.database, connection.id);
      const arrivals = await arrivalsOf(given, connection, held);
      const at = `/setup/${link.publicId}`;
      return screen({
        title: 'Latest Requests',
        layout: 'guest',
        back: { href: `${at}/guide`, label: 'Guide' },
        body: <LivePanel arrivals={arrivals} href={`${at}/requests`} looks={looksOf(visit)} />,
      });
    }),
});
