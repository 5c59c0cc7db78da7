import type { AttributeType, Resource } from '../../scim/index.ts';
import type { Place } from './place.ts';

/** Where a row reads in a SCIM user, and how the same place is written. */
export interface Source extends Place {
  /** As a person would write it. */
  readonly text: string;
  /** The attribute: its name, or the extension's URN, a colon and its name. */
  readonly attribute: string;
  readonly type: AttributeType;
  /** True where a reading gives a list. */
  readonly list: boolean;
  /** False where nothing can be put that a reading would find again. */
  readonly writable: boolean;
  read(user: Resource): unknown;
}

export type SourceFaultCode = 'source-unknown' | 'source-malformed' | 'source-complex' | 'source-read-only';

/** Says what is wrong with a path, and what to write instead. */
export class SourceFault extends Error {
  override readonly name = 'SourceFault';
  readonly code: SourceFaultCode;
  readonly cure: string;
  constructor(code: SourceFaultCode, message: string, cure: string) {
    super(message);
    this.code = code;
    this.cure = cure;
  }
}
