import { ScimError } from '../../scim/index.ts';
import type { MappingIssue, MappingIssueCode } from '../document/issue.ts';
import { TemplateFault } from '../document/template.ts';
import { SourceFault } from '../source/source.ts';

/** Collects what is wrong while a document is made into functions. */
export interface Report {
  readonly issues: MappingIssue[];
}

/** A row can't be made into functions; what is wrong is in the report. */
export class RowFault extends Error {
  override readonly name = 'RowFault';
  readonly issue: MappingIssue;
  constructor(issue: MappingIssue) {
    super(issue.message);
    this.issue = issue;
  }
}

/** An error of a row, to throw. */
export const fault = (row: string, field: string, code: MappingIssueCode, message: string, cure: string): RowFault =>
  new RowFault({ row, field, code, message, cure, severity: 'error' });

const valueCure = 'Correct the value, or choose another target.';

/** Runs a step of a row, and says which member of it is at fault where the step refuses. @throws RowFault */
export function within<T>(row: string, field: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof SourceFault) throw fault(row, field, error.code, error.message, error.cure);
    if (error instanceof TemplateFault)
      throw fault(
        row,
        field,
        'template-malformed',
        `The template can't be read: ${error.message}.`,
        'Write attributes as {name.givenName}; for a brace itself, write it twice.',
      );
    if (error instanceof ScimError) throw fault(row, field, 'value-unfit', error.message, valueCure);
    throw error;
  }
}
