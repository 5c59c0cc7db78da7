import type { Activities } from '../../../activity/index.ts';
import type { Connection, Connections } from '../../../connection/index.ts';
import {
  type Clock,
  type Database,
  type Encryptor,
  type Environment,
  type ServiceToken,
  service,
  sql,
  type Transaction,
} from '../../../framework/index.ts';
import { SamlError } from '../../error.ts';
import type { KeyState, SamlConfiguration, ShownKey } from '../configuration.ts';
import type { SamlProviders } from '../providers.ts';
import type { KeyBits, KeyPairs } from './key-pairs.ts';
import { insertKey, keyName } from './key-rows.ts';

/**
 * The rollover of a connection's key, in steps: the next key stands in our metadata beside the active one until the
 * identity provider has taken it up; completed, it signs, and the old one goes on decrypting until the next rollover.
 * All are recorded under the name of who did it.
 */
export interface SamlKeys {
  /** Makes the next key. @throws SamlError `SAML_KEY_ROLLOVER` while a rollover is under way */
  start(code: string, given?: { readonly bits?: KeyBits; readonly actor?: string }): Promise<SamlConfiguration>;
  /** The next key takes over. @throws SamlError `SAML_KEY_ROLLOVER` where none is under way */
  complete(code: string, actor?: string): Promise<SamlConfiguration>;
  /** Drops the next key. @throws SamlError `SAML_KEY_ROLLOVER` where none is under way */
  cancel(code: string, actor?: string): Promise<SamlConfiguration>;
}
export const SamlKeys: ServiceToken<SamlKeys> = service<SamlKeys>('saml.SamlKeys');

export interface KeysNeeds {
  readonly database: Database;
  readonly connections: Connections;
  readonly providers: SamlProviders;
  readonly activities: Activities;
  readonly encryptor: Encryptor;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly keyPairs: KeyPairs;
}

const none = (code: string): SamlError =>
  new SamlError(
    'SAML_KEY_ROLLOVER',
    `No rollover of the key of "${code}" is under way; saml:key:rotate start --connection ${code} begins one.`,
  );

const underWay = (code: string, next: Pick<ShownKey, 'fingerprint'>): SamlError =>
  new SamlError(
    'SAML_KEY_ROLLOVER',
    `A rollover of the key of "${code}" is under way already, to ${next.fingerprint.slice(0, 16)}; complete or cancel it first (saml:key:rotate complete --connection ${code}).`,
  );

/** The rollover over `vestibule_saml_key`, whose unique key lets one key be in each state. */
export function createKeys(needs: KeysNeeds): SamlKeys {
  const { database, connections, providers, encryptor, clock, keyPairs, environment } = needs;

  /** One step in a transaction that holds the keys; answers what stands afterwards. */
  async function step(
    code: string,
    actor: string,
    note: string,
    work: (tx: Transaction, connection: Connection, keys: ReadonlyMap<KeyState, string>) => Promise<void>,
  ): Promise<SamlConfiguration> {
    const connection = await connections.byCode(database, code);
    await database.transaction(async (tx) => {
      const rows = await tx.all<{ state: KeyState; fingerprint: string }>(
        sql`SELECT state, fingerprint FROM {vestibule_saml_key} WHERE connection_id = ${connection.id} ${tx.dialect.forUpdate}`,
      );
      await work(tx, connection, new Map(rows.map(({ state, fingerprint }) => [state, fingerprint])));
      needs.activities.record(tx, {
        at: clock.now(),
        operation: 'saml.key.rotate',
        outcome: 'done',
        status: 200,
        connectionId: connection.id,
        subject: code,
        actor,
        notes: [note],
      });
      tx.afterCommit(() => providers.forget(connection));
    });
    return providers.configuration(database, code);
  }

  const put = (tx: Transaction, connection: Connection, from: KeyState, to: KeyState) =>
    tx.run(
      sql`UPDATE {vestibule_saml_key} SET state = ${to} WHERE connection_id = ${connection.id} AND state = ${from}`,
    );
  const drop = (tx: Transaction, connection: Connection, state: KeyState) =>
    tx.run(sql`DELETE FROM {vestibule_saml_key} WHERE connection_id = ${connection.id} AND state = ${state}`);

  return {
    async start(code, { bits = 2048, actor = 'administration' } = {}) {
      const held = await providers.configuration(database, code);
      const next = held.keys.find(({ state }) => state === 'next');
      if (next) throw underWay(code, next);
      const pair = await keyPairs.make(keyName(held.connection, environment.baseUrl), clock.now(), bits);
      const note = `A key of ${bits} bits was made; it stands in our metadata beside the active one.`;
      return step(code, actor, note, async (tx, connection, keys) => {
        const other = keys.get('next');
        if (other !== undefined) throw underWay(code, { fingerprint: other });
        // A connection without any key has nothing to roll over from.
        const state = keys.has('active') ? 'next' : 'active';
        insertKey(tx, connection.id, { pair, state }, encryptor, clock.now());
      });
    },
    complete: (code, actor = 'administration') =>
      step(
        code,
        actor,
        'The next key signs from now on; the one before still decrypts.',
        async (tx, connection, keys) => {
          if (!keys.has('next')) throw none(code);
          await drop(tx, connection, 'retiring');
          await put(tx, connection, 'active', 'retiring');
          await put(tx, connection, 'next', 'active');
        },
      ),
    cancel: (code, actor = 'administration') =>
      step(code, actor, 'The next key was dropped.', async (tx, connection, keys) => {
        if (!keys.has('next')) throw none(code);
        await drop(tx, connection, 'next');
      }),
  };
}
