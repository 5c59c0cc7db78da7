import type { Connections } from '../connection/index.ts';
import { CustomerError } from '../customer/index.ts';
import { type Clock, type Database, DuplicateKeyError } from '../framework/index.ts';
import {
  type ComparisonScope,
  type Disagreement,
  type DisagreementKind,
  disagreementKinds,
  type UserComparison,
  UserComparisonError,
} from '../provisioning/index.ts';
import { ReconciliationError } from './error.ts';
import {
  type Finding,
  type FindingKind,
  type FindingPlace,
  findingKinds,
  type GridKind,
  gridKinds,
} from './finding.ts';
import type { GridFindings } from './grid/grid-findings.ts';
import { severityOf } from './kind/severity.ts';
import type { Reconciliation, ReconciliationFilter } from './reconciliation.ts';

const isGridKind = (kind: FindingKind): kind is GridKind => (gridKinds as readonly FindingKind[]).includes(kind);
const isDisagreement = (kind: FindingKind): kind is DisagreementKind => !isGridKind(kind);
const ofCustomers: readonly GridKind[] = ['grid-missing', 'grid-stale'];

const findingOf = ({ remedies, isProtected: _, ...found }: Disagreement): Omit<Finding, 'connection'> => ({
  ...found,
  severity: severityOf(found.kind, remedies),
  cures: remedies,
});

export interface ReconciliationParts {
  readonly database: Database;
  readonly connections: Connections;
  readonly comparison: UserComparison;
  readonly grid: GridFindings;
  readonly clock: Clock;
}

/** Puts together what provisioning and the store's grid have to say. */
export function createReconciliation(parts: ReconciliationParts): Reconciliation {
  const { database, connections, comparison, grid, clock } = parts;

  async function scopeOf({ connection, kinds: asked = findingKinds }: ReconciliationFilter): Promise<ComparisonScope> {
    return {
      connection: connection === undefined ? undefined : await connections.byCode(database, connection),
      kinds: new Set(asked.filter(isDisagreement)),
      customers: ofCustomers.some((kind) => asked.includes(kind)),
    };
  }

  async function* inBatches(filter: ReconciliationFilter, scope: ComparisonScope) {
    const asked = new Set(filter.kinds ?? findingKinds);
    for await (const { looked, found, customers } of comparison.compare(scope)) {
      const shown = scope.customers ? await grid.ofCustomers(customers) : [];
      yield { looked, found: [...found.map(findingOf), ...shown.filter(({ kind }) => asked.has(kind))] };
    }
    // Whoever is in the grid and is no customer belongs to no connection.
    if (asked.has('grid-orphaned') && scope.connection === undefined)
      for await (const found of grid.orphans()) yield { looked: 0, found };
  }

  async function settle(
    tx: Parameters<Parameters<Database['transaction']>[0]>[0],
    place: FindingPlace,
    cure: Finding['cures'][number],
    by: string,
  ) {
    const { kind } = place;
    if (isGridKind(kind)) return grid.cure(tx, place, cure, by);
    return comparison.cure(tx, { ...place, kind }, cure, { by, now: clock.now() });
  }

  return {
    async *compare(filter = {}, told) {
      const scope = await scopeOf(filter);
      const total = told ? await comparison.size(database, scope) : 0;
      const codes = new Map((await connections.list(database)).map(({ id, code }) => [id, code]));
      let done = 0;
      for await (const { looked, found } of inBatches(filter, scope)) {
        for (const one of found) yield { ...one, connection: codes.get(one.connectionId ?? 0) ?? null };
        done += looked;
        told?.(done, Math.max(done, total));
      }
    },
    size: async (db, filter = {}) => comparison.size(db, await scopeOf(filter)),
    async cure(place, cure, by, also) {
      const { kind } = place;
      await comparison.ready({ ...place, kind: isDisagreement(kind) ? kind : disagreementKinds[0] });
      try {
        return await database.transaction(async (tx) => {
          const cured = await settle(tx, place, cure, by);
          await also?.(tx);
          return cured ? 'cured' : 'gone';
        });
      } catch (error) {
        throw refusalOf(error) ?? error;
      }
    },
  };
}

/** What a cure runs into and somebody can do something about; undefined for what is our own fault. */
function refusalOf(error: unknown): ReconciliationError | undefined {
  if (error instanceof UserComparisonError || error instanceof CustomerError)
    return new ReconciliationError('CURE_REFUSED', error.message);
  if (error instanceof DuplicateKeyError)
    return new ReconciliationError(
      'CURE_REFUSED',
      `Somebody else has it by now: ${error.columns.join(', ')} in ${error.table}. Change theirs, or choose another cure.`,
    );
  return undefined;
}
