import type { Crossing, Route } from '../crossing/crossing.ts';
import type { Direction, MappingRow } from '../document/document.ts';
import type { Target } from '../document/target.ts';
import type { MappedValue } from '../mapping.ts';
import type { Source } from '../source/source.ts';
import type { Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** A row of a mapping, made into functions once. */
export interface PreparedRow {
  readonly row: MappingRow;
  readonly target: Target;
  readonly route: Route;
  readonly crossing: Crossing;
  readonly direction: Direction;
  /** What it reads, where that is one attribute. */
  readonly source: Source | undefined;
  /** Undefined for a row that only goes out. */
  readonly read: Reader | undefined;
  /** Undefined for a row that only goes in. */
  readonly write: Writer | undefined;
  /** With `onNull: default`, as the target holds it. */
  readonly fallback: MappedValue;
}
