import { randomBytes } from 'node:crypto';
import type { Activities } from '../../activity/index.ts';
import type { Belonging, Connection, Connections, Profile, Tokens } from '../../connection/index.ts';
import type { Customers, Sessions } from '../../customer/index.ts';
import type { Clock, Database } from '../../framework/index.ts';
import { eraseConnection } from '../../provisioning/index.ts';
import type { Websites } from '../../store/index.ts';

/** What is needed to let a rehearsal in. */
export interface GuestRoom {
  readonly database: Database;
  readonly connections: Connections;
  readonly tokens: Tokens;
  readonly belongings: readonly Belonging[];
  readonly websites: Websites;
  readonly customers: Customers;
  readonly sessions: Sessions;
  readonly activities: Activities;
  readonly clock: Clock;
}

/** A connection that a rehearsal speaks for, with a token that works until it leaves. */
export interface Guest {
  readonly code: string;
  readonly token: string;
  /** Takes the token away; a connection that was made for the rehearsal goes with its customers. */
  leave(): Promise<void>;
}

const day = 24 * 3600 * 1000;
/** Who makes and ends the token of a rehearsal, in the record of a connection that exists. */
const by = 'rehearsal';

/** Speaks for a connection that exists, with a token that ends with the rehearsal, or after a day if it is killed. */
export async function guestOf(room: GuestRoom, code: string): Promise<Guest> {
  const connection = await room.connections.byCode(room.database, code);
  const { text } = await issue(room, connection, by);
  return {
    code,
    token: text,
    async leave() {
      await room.database.transaction((tx) => room.tokens.revoke(tx, text, room.clock.now(), by));
    },
  };
}

/** Makes a connection for one rehearsal. It adopts no shopper of the store and makes no customer groups. */
export async function temporaryGuest(room: GuestRoom, profile: Profile): Promise<Guest> {
  const { database, connections, websites } = room;
  const code = `rehearsal-${randomBytes(4).toString('hex')}`;
  const website = await websites.default();
  const { connection } = await database.transaction(async (tx) => {
    const made = { code, name: 'Rehearsal (temporary)', profile, websiteId: website.id };
    const connection = await connections.create(tx, made, room.clock.now());
    await connections.change(tx, code, { match: 'refuse', groups: 'none' });
    return { connection };
  });
  const { text } = await issue(room, connection);
  return { code, token: text, leave: () => eraseConnection(room, code) };
}

const issue = ({ database, tokens, clock }: GuestRoom, connection: Connection, recordedBy?: string) =>
  database.transaction((tx) => {
    const expiresAt = new Date(clock.now().getTime() + day);
    return tokens.issue(tx, connection, { name: 'rehearsal', expiresAt }, clock.now(), recordedBy);
  });
