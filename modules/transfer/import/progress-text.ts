import type { ImportCounts } from './options.ts';

/** Says on stderr how far something long has come. */
export interface ProgressTeller {
  tell(done: number, total: number, what: string): void;
  /** Ends the line that was written over and over. */
  end(): void;
}

const width = 28;
/** What is over sooner needs no telling. */
const firstAfterMs = 1_000;
const barEveryMs = 200;
const lineEveryMs = 5_000;

/** A bar that is drawn over itself for a person, a line now and then for a log. `now` counts milliseconds. */
export function progressTeller(
  write: (text: string) => void,
  { bar, now }: { readonly bar: boolean; readonly now: () => number },
): ProgressTeller {
  let next = now() + firstAfterMs;
  let drawn = false;
  return {
    tell(done, total, what) {
      if (now() < next) return;
      next = now() + (bar ? barEveryMs : lineEveryMs);
      const share = total > 0 ? Math.min(done / total, 1) : 0;
      const percent = `${String(Math.floor(share * 100)).padStart(3)} %`;
      if (!bar) return write(`${percent.trim()}: ${what}\n`);
      drawn = true;
      const filled = Math.round(share * width);
      write(`\r\u001b[K[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${percent}  ${what}`);
    },
    end() {
      if (drawn) write('\r\u001b[K');
      drawn = false;
    },
  };
}

/** Counts in words, those that are not zero and how many there were. */
export function countsText({ records, ...counts }: ImportCounts): string {
  const { created, updated, unchanged, skipped, failed } = counts;
  const parts = Object.entries({ created, updated, unchanged, skipped, failed }).filter(([, count]) => count > 0);
  const words = parts.map(([what, count]) => `${count.toLocaleString('en')} ${what}`);
  return `${records.toLocaleString('en')} customers${words.length > 0 ? `: ${words.join(', ')}` : ''}`;
}
