import { Environment } from '../../../framework/index.ts';
import type { Connection } from '../../connection.ts';
import { scimBaseUrl } from '../../first-start.ts';
import { type BearerToken, Tokens } from '../../token.ts';
import { type ArrivalSources, type Arrivals, arrivalSources, arrivalsOf } from '../arrivals.ts';
import { ConnectionUsers, usersOf } from '../connection-users.ts';
import type { GuideVariant, KnownTrouble, Manner, Milestone } from './guide.ts';
import { type GuidePart, GuideParts } from './guide-parts.ts';
import { reached } from './milestones.ts';
import { wholeGuide } from './whole-guide.ts';

/** What a guide is made of. */
export const guideSources = {
  ...arrivalSources,
  tokens: Tokens,
  users: ConnectionUsers,
  environment: Environment,
  parts: GuideParts,
};

export interface GuideSources extends ArrivalSources {
  readonly tokens: Tokens;
  readonly users: readonly ConnectionUsers[];
  readonly environment: Environment;
  readonly parts: readonly GuidePart[];
}

/** A guide with the values of this store, and how far one has come with it. */
export interface ShownGuide {
  readonly intro: string;
  readonly ways: readonly GuideVariant[];
  readonly way: GuideVariant | undefined;
  readonly values: Readonly<Record<string, string>>;
  readonly milestones: ReadonlySet<Milestone>;
  readonly manners: readonly Manner[];
  readonly troubles: readonly KnownTrouble[];
  readonly arrivals: Arrivals;
  readonly tokens: readonly BearerToken[];
}

/** The guide of a connection; `wanted` is the id of the way that was asked for. */
export async function shownGuide(
  { tokens, users, environment, parts, ...sources }: GuideSources,
  connection: Connection,
  wanted: string | null,
): Promise<ShownGuide> {
  const { database } = sources;
  const guide = wholeGuide(connection.profile, parts);
  const held = await tokens.list(database, connection.id);
  const arrivals = await arrivalsOf(sources, connection, held);
  const ways = guide.variants;
  const named = (id: string | null | undefined) => ways.find((way) => way.id === id);
  const asked = named(wanted);
  const known = await Promise.all(parts.map((part) => part.know(database, connection, asked?.id)));
  const way = asked ?? named(known.find(({ way }) => way !== undefined)?.way) ?? ways[0];
  // Who has just seen a user come need not count them, nor does a way that waits for none.
  const came = arrivals.operations.some((operation) => operation.startsWith('user.'));
  const counts = !came && way?.steps.some(({ done }) => done === 'user');
  const counted = counts ? await usersOf(users, database, [connection.id], 1) : undefined;
  return {
    intro: guide.intro,
    ways,
    way,
    values: Object.assign({ baseUrl: scimBaseUrl(environment.baseUrl) }, ...known.map(({ values }) => values)),
    milestones: new Set([
      ...reached({
        contacted: arrivals.used !== undefined || arrivals.requests.length > 0,
        users: came ? 1 : (counted?.get(connection.id) ?? 0),
        operations: arrivals.operations,
      }),
      ...known.flatMap(({ milestones }) => milestones),
    ]),
    manners: guide.manners ?? [],
    troubles: guide.troubles,
    arrivals,
    tokens: held,
  };
}
