import { ActionButton, Notice, usePage } from '../../admin/index.ts';
import type { Connection } from '../connection.ts';

/** Says that nothing is served, and offers the way back. */
export function PausedNotice({ connection }: { connection: Connection }) {
  const { visit } = usePage();
  if (connection.active) return null;
  return (
    <Notice kind="note">
      <p>
        <strong>This connection is paused.</strong> Every request is answered with 403 and nothing is changed.
      </p>
      {visit.may('connection::manage') && (
        <ActionButton action={`/admin/connections/${connection.code}/resume`}>Resume Connection</ActionButton>
      )}
    </Notice>
  );
}
