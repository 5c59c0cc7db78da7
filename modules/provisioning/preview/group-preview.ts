import type { Connection } from '../../connection/index.ts';
import type { Issue } from './issue.ts';

/** A request about a group that is tried. */
export interface GroupQuestion {
  readonly connection: Connection;
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Undefined for a POST. */
  readonly id: string | undefined;
  readonly body: unknown;
}

/** A group as it is, or would be. */
export interface GroupFigures {
  readonly displayName: string;
  /** Users and groups in it. */
  readonly members: number;
  /** The code of the customer group that it stands for. */
  readonly customerGroup: string | null;
}

/** Users who come into the group, or leave it. */
export interface MovedMembers {
  /** Null for a group that is too large to look through. */
  readonly count: number | null;
  /** The first of them. */
  readonly examples: readonly { readonly id: string; readonly email: string }[];
}

/** What a request about a group would come to. */
export interface GroupPreview {
  readonly request: { readonly method: string; readonly path: string };
  /** The HTTP status that would be answered. */
  readonly status: number;
  /** What would be recorded as done, such as `group.patch`; missing where nothing changes. */
  readonly operation?: string;
  /** Null where there is no such group, before or afterwards. */
  readonly before: GroupFigures | null;
  readonly after: GroupFigures | null;
  readonly joining: MovedMembers;
  readonly leaving: MovedMembers;
  readonly issues: readonly Issue[];
  /** The body that would be answered. */
  readonly answer: unknown;
}
