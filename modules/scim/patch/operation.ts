import type { AttributeTarget, PatchPath } from '../path/patch-path.ts';
import type { Resource } from '../resource/resource.ts';

/**
 * One elementary change. Operations without a path have been taken apart into one per attribute, values are of the
 * attribute's type, and setting something to null has become its removal.
 */
export type PatchOperation = WriteOperation | RemoveOperation;

export interface WriteOperation {
  readonly op: 'add' | 'replace';
  readonly path: AttributeTarget;
  /** A list for a multi-valued attribute, an object for one element (with `path.filter`) or a complex attribute. */
  readonly value: unknown;
}

export interface RemoveOperation {
  readonly op: 'remove';
  readonly path: PatchPath;
  /** Only for a multi-valued attribute without filter: these elements go (Entra, authentik, JumpCloud), others stay. */
  readonly value?: readonly unknown[];
}

export interface PatchResult {
  /** The changed resource, or the given one where nothing changed. */
  readonly resource: Resource;
  /** Whether the resource differs from the given one; a new password alone does not count. */
  readonly changed: boolean;
  readonly notes: readonly string[];
  /** A password that was set; it never enters the resource. */
  readonly password?: string;
}
