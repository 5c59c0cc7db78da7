import { startScript, type Target } from '../targets/process.ts';
import { growPeer, type UserRows } from './grow.ts';
import { type Installable, install } from './install.ts';

interface Peer extends Installable {
  readonly rows: readonly UserRows[];
}

/** Both keep what they are sent in the same MariaDB as we do, in a database of their own. */
export const peers: readonly Peer[] = [
  {
    name: 'saml-jackson',
    packages: { '@boxyhq/saml-jackson': '26.2.0' },
    rows: [
      { table: 'jackson_store', where: "namespace = 'dsync:users:bench:bench'", keys: ['key'], texts: ['value'] },
      { table: 'jackson_index', where: "`key` LIKE 'dsync:users:%:directoryId:%'", keys: ['storeKey'], texts: [] },
    ],
  },
  {
    name: 'better-auth',
    // @better-auth/scim 1.7.5 goes with exactly these; newer ones of better-auth are refused by its peer dependencies.
    packages: {
      'better-auth': '1.7.5',
      '@better-auth/core': '1.7.5',
      '@better-auth/scim': '1.7.5',
      '@better-auth/utils': '0.4.2',
      'better-call': '1.4.0',
      mysql2: '3.24.6',
    },
    rows: [
      {
        table: 'scimUser',
        keys: ['id', 'connectionUserKey', 'userNameKey', 'orderKey', 'externalIdKey'],
        texts: ['userName', 'primaryEmail', 'serializedEmails', 'serializedAttributes', 'externalId'],
      },
    ],
  },
];

/** What the peers consist of, for the results. */
export const versions = (): string =>
  peers.flatMap(({ packages }) => Object.entries(packages).map(([name, version]) => `${name} ${version}`)).join(', ');

/** Installs and starts the peers, with so many users; one that can't be had here is named and left out. */
export async function startPeers(
  createDatabase: (name: string) => Promise<string>,
  users: number,
  onStarted: (target: Target) => void,
): Promise<void> {
  for (const peer of peers) {
    try {
      const script = await install(peer);
      const url = await createDatabase(peer.name);
      const target = await startScript(peer.name, script, { DATABASE_URL: url });
      onStarted(target);
      if (users > 0) await growPeer(target, url, peer.rows, users);
    } catch (error) {
      const [said = ''] = (error instanceof Error ? error.message : String(error)).split('\n').slice(-1);
      process.stderr.write(`${peer.name} is left out: it could not be installed or started (${said})\n`);
    }
  }
}
