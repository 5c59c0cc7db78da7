import type { Brought, ConnectionMapping, MappedValue, WhichMapping } from '../../attribute-mapping/index.ts';
import type { Connection } from '../../connection/index.ts';
import { type Database, type ServiceToken, service } from '../../framework/index.ts';
import type { Issue } from './issue.ts';
import type { PreviewStep } from './trace.ts';

/** A request that is tried: what an identity provider sends, or has sent. */
export interface PreviewQuestion {
  readonly connection: Connection;
  /** The body as it comes over the wire: a user, or a PatchOp message. */
  readonly body: unknown;
  /** What it comes by; found out from the body and from who is there already unless said. */
  readonly method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE' | undefined;
  /** SCIM id of the user that a PUT, PATCH or DELETE is of. */
  readonly id?: string | undefined;
  /** Tried in place of the mapping in effect: a draft, an earlier version. */
  readonly mapping?: ConnectionMapping | undefined;
  /** What that mapping is, for people; said back in the answer. */
  readonly which?: WhichMapping | undefined;
  /** Where to read, in place of the host's own: one that remembers, for whoever tries several mappings. */
  readonly database?: Database | undefined;
}

type Values = Readonly<Record<string, MappedValue>>;

/** A value of the row that differs afterwards: `address.city` of the default address, `address` where that goes as a whole. */
export interface Difference {
  readonly target: string;
  readonly before: MappedValue;
  readonly after: MappedValue;
}

/** A customer's row as it is, without anything secret. */
export interface PresentCustomer extends Record<string, unknown> {
  readonly id: number;
  readonly address: Values | null;
}

/** A group that the customer is in: Magento's one customer group, and the groups the identity provider manages. */
export interface PreviewGroup {
  readonly kind: 'customer' | 'scim';
  readonly id: string;
  readonly name: string;
}

/** A write that would be made, without its values. */
export interface PreviewWrite {
  readonly verb: string;
  readonly table: string;
  readonly columns: readonly string[];
}

/** What a request would come to. */
export interface Preview {
  readonly request: { readonly method: string; readonly path: string };
  /** The HTTP status that would be answered. */
  readonly status: number;
  /** What would be recorded as done, such as `user.create`; missing where nothing changes. */
  readonly operation?: string;
  /** Which mapping was tried. */
  readonly tried: WhichMapping;
  /** Its version; 0 for the preset, and for a draft. */
  readonly version: number;
  /** What the user brings for each target, after a PATCH as well; empty where the request never came so far. */
  readonly incoming: readonly Brought[];
  /** The values that the mapping comes to; null where it never came so far. */
  readonly customer: Values | null;
  readonly address: Values | null;
  /** Where the mapping tells the two apart; `address` is the billing address then. */
  readonly shipping?: Values;
  readonly groups: readonly PreviewGroup[];
  /** The customer's row as it is; null where there is none yet. */
  readonly present: PresentCustomer | null;
  readonly difference: readonly Difference[];
  readonly writes: readonly PreviewWrite[];
  readonly issues: readonly Issue[];
  readonly trace: readonly PreviewStep[];
  /** The body that would be answered. Ids that the store would give are left out. */
  readonly answer: unknown;
}

/**
 * Says what a request would do, by doing it in a room that reads the store and writes nothing: the very same use cases,
 * plugins included, so that it can't say anything else than what happens. Two things are not foreseen: what others change
 * meanwhile, and what the database alone refuses beyond types, lengths and unique keys.
 */
export interface MappingPreview {
  preview(question: PreviewQuestion): Promise<Preview>;
}
export const MappingPreview: ServiceToken<MappingPreview> = service<MappingPreview>('provisioning.MappingPreview');
