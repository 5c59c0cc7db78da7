import type { MappingIssue } from '../document/issue.ts';

export interface IssueListProps {
  readonly issues: readonly MappingIssue[];
  /** Says the row of each, where they don't stand at it. */
  readonly named?: boolean;
}

/** What is wrong, each with what to do about it. */
export function IssueList({ issues, named = false }: IssueListProps) {
  if (issues.length === 0) return null;
  return (
    <ul class="mapping-issues">
      {issues.map(({ row, severity, field, message, cure }) => (
        <li key={`${row}${field}${message}`} class={severity === 'error' ? 'bad' : 'warn'}>
          <strong>
            {named && row !== undefined ? `Row ${row}: ` : ''}
            {message}
          </strong>{' '}
          {cure}
        </li>
      ))}
    </ul>
  );
}
