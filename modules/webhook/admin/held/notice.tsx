import { ActionButton, counted } from '../../../admin/index.ts';
import { heldPath } from '../places.ts';
import { Warning } from '../warning.tsx';

/** Counted no further than this. */
export const mostHeld = 1_000;

/** What waits since the database was brought back from a backup, and the two ways on. */
export function HeldNotice({ count, may }: { count: number; may: boolean }) {
  const many = count >= mostHeld ? `${mostHeld.toLocaleString('en')} or more deliveries` : undefined;
  return (
    <Warning>
      <p>
        <strong>{many ?? counted(count, 'delivery is', 'deliveries are')} held.</strong> The database was brought back
        from a backup, in which they waited; they may have gone out since. What happens to the same customers now waits
        behind them.
      </p>
      {may && (
        <div class="button-row">
          <ActionButton action={heldPath} fields={{ drop: '1' }}>
            Drop What Waited, Send What Is New
          </ActionButton>
          <ActionButton action={heldPath} fields={{ drop: '0' }}>
            Send All
          </ActionButton>
        </div>
      )}
    </Warning>
  );
}
