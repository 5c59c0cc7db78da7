import { Copyable, DefinitionList, Notice } from '../../../admin/index.ts';
import type { Verification } from '../../seal/verify.ts';
import { recordHref } from '../report/columns.tsx';

/** What a verification found, in order or not. */
export function VerificationResult({ found }: { found: Verification }) {
  const { intact, seals, records, purged, waiting, head, fault } = found;
  return (
    <div class="stack">
      {intact && seals === 0 && (
        <Notice kind="note">
          Nothing is sealed yet, so there is nothing to compare. Records are sealed within about a minute: verify again.
        </Notice>
      )}
      {intact && seals > 0 && <Notice kind="done">The record is as it was sealed.</Notice>}
      {!intact && (
        <Notice kind="problem">
          <strong>Not intact.</strong> {fault?.message} Compare with a backup, and look for who has write access to the
          database.{' '}
          {fault?.recordId !== undefined && fault.tampering !== 'removed' && (
            <a href={recordHref(fault.recordId)}>Record {fault.recordId}</a>
          )}
        </Notice>
      )}
      <DefinitionList
        items={[
          [intact ? 'Seals in order' : 'Seals in order before it', seals.toLocaleString('en')],
          ['Records under them', records.toLocaleString('en')],
          ['Purged in time', purged.toLocaleString('en')],
          ['Waiting for a seal', `${waiting.toLocaleString('en')}: nothing can be said of them yet`],
        ]}
      />
      {intact && head && (
        <>
          <Copyable label="Head" value={`${head.sealId}:${head.digest}`} id="head" />
          <p class="muted">
            Note it outside this database. Given below at a later time, it proves that nothing was cut off since.
          </p>
        </>
      )}
    </div>
  );
}
