import { Cures, RecordLinks, type ReportedActivity } from '../../../activity/index.ts';
import { Connections, type Profile } from '../../../connection/index.ts';
import { contribute } from '../../../framework/index.ts';
import { cureOfStatus } from '../../preview/cure.ts';

/** Records lead to the pages of customers and connections. */
export const recordLinks = [
  contribute(RecordLinks, {}, () => ({
    acl: 'customer::view',
    customer: (id) => `/admin/customers/${id}`,
  })),
  contribute(RecordLinks, {}, () => ({
    acl: 'connection::view',
    application: (code) => `/admin/connections/${encodeURIComponent(code)}`,
  })),
];

/** What the guard holds back answers 503, and waits for people and not for the identity provider. */
const isHeld = ({ status, outcome, reason = '' }: ReportedActivity): boolean =>
  status === 503 && outcome === 'refused' && reason.startsWith('Held ');
const held = 'Decide under Connections > Held Changes; what is approved is carried out without being sent again.';

const isBad = ({ outcome }: ReportedActivity): boolean => outcome === 'refused' || outcome === 'failed';

/** Records of refusals and failures say what to do, in the words of the connection's identity provider. */
export const recordCures = contribute(Cures, { connections: Connections }, ({ connections }) => ({
  async of(db, items) {
    if (!items.some(isBad)) return items.map(() => undefined);
    const profiles = new Map<number, Profile>((await connections.list(db)).map(({ id, profile }) => [id, profile]));
    return items.map((item) =>
      isHeld(item)
        ? held
        : isBad(item)
          ? cureOfStatus(item.status, profiles.get(item.connectionId ?? 0) ?? 'generic')
          : undefined,
    );
  },
}));
