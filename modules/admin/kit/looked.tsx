import { usePage } from './context.ts';
import { gridHref } from './grid-state.ts';
import { Notice } from './notice.tsx';

export interface LookedProps {
  /** How many were looked at for this page. */
  readonly looked: number;
  /** What they are: "customers". */
  readonly what: string;
  /** Cursor of what lies behind them. */
  readonly next?: string | undefined;
}

/** No index knows some filters: a page looks through some thousand rows, and goes on where one wishes. */
export function Looked({ looked, what, next }: LookedProps) {
  const { path, query } = usePage().visit;
  return (
    <Notice kind="note">
      {looked.toLocaleString('en')} {what} were looked through for this page.{' '}
      {next !== undefined && <a href={gridHref(path, query, { after: next, before: null })}>Look further</a>}
    </Notice>
  );
}
