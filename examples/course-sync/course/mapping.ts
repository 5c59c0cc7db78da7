import type { Executor, ServiceToken, Transaction } from 'vestibule/framework';
import { service } from 'vestibule/framework';

/** What gives a course: a product by its SKU, a customer group of the store, a group of an identity provider. */
export const mappingKinds = ['product', 'customer-group', 'scim-group'] as const;
export type MappingKind = (typeof mappingKinds)[number];

/** What is done to a mapping that is going: its enrolments are kept, or taken back where nothing else grants them. */
export const partings = ['keep', 'take-back'] as const;
export type Parting = (typeof partings)[number];

/** One line of the map: who buys or is in `subject` is enrolled in `course`. */
export interface Mapping {
  readonly id: number;
  readonly kind: MappingKind;
  /** The SKU, the customer group's code at the time, or the group's name. */
  readonly subject: string;
  /** For `customer-group`. */
  readonly customerGroupId: number | null;
  /** For `scim-group`: the only connection whose group of that name counts; null: whichever. */
  readonly connectionId: number | null;
  /** The course as the LMS calls it. */
  readonly course: string;
  /** Enrolments stay when the order is refunded or the group is left. */
  readonly keeps: boolean;
  /** Being removed: it gives nothing any more, and a walk ends what it has given. */
  readonly parting: Parting | null;
  /** A walk over everybody whom it concerns is under way. */
  readonly walking: boolean;
}

export type NewMapping = Pick<Mapping, 'kind' | 'subject' | 'course'> &
  Partial<Pick<Mapping, 'customerGroupId' | 'connectionId' | 'keeps'>>;

export interface MappingFilter {
  readonly kind?: MappingKind | undefined;
  /** The beginning of subject or course. */
  readonly text?: string | undefined;
}

/** The map from what customers buy and are to courses. Changes are recorded under the name of who makes them. */
export interface Mappings {
  /** Of these ids, those that there are, parting ones included. */
  byIds(db: Executor, ids: readonly number[]): Promise<ReadonlyMap<number, Mapping>>;
  /** Those of groups, whichever customers are in them; none that is parting. */
  ofGroups(db: Executor): Promise<readonly Mapping[]>;
  /** In order of their ids, those behind `after`. */
  page(db: Executor, filter: MappingFilter, after: number, limit: number): Promise<readonly Mapping[]>;
  find(db: Executor, id: number): Promise<Mapping | undefined>;
  /** Those of these SKUs, compared without case. */
  ofProducts(db: Executor, skus: readonly string[]): Promise<readonly Mapping[]>;
  /** @throws CourseError `MAPPING_INVALID`, `MAPPING_EXISTS` */
  add(tx: Transaction, mapping: NewMapping, now: Date, by: string): Promise<Mapping>;
  /** Another course, or another word on keeping. @throws CourseError `MAPPING_UNKNOWN`, `MAPPING_INVALID`, `MAPPING_EXISTS` */
  change(
    tx: Transaction,
    id: number,
    change: { readonly course?: string | undefined; readonly keeps?: boolean | undefined },
    now: Date,
    by: string,
  ): Promise<Mapping>;
  /** Begins its removal, which a walk completes. @throws CourseError `MAPPING_UNKNOWN` */
  remove(tx: Transaction, id: number, parting: Parting, now: Date, by: string): Promise<void>;
  /** Looks again at everybody whom mappings of these kinds concern, some time soon. */
  walkAgain(tx: Transaction, kinds: readonly MappingKind[]): Promise<void>;
}
export const Mappings: ServiceToken<Mappings> = service<Mappings>('course-sync.Mappings');
