import { expect } from 'chai';
import fc from 'fast-check';
import { Cursor } from '../../../modules/scim/filter/cursor.ts';
import { filterLimits, parseAt } from '../../../modules/scim/filter/parse.ts';
import {
  parseFilter,
  parsePath,
  printFilter,
  reading,
  ScimError,
  userResourceType,
} from '../../../modules/scim/index.ts';
import { runs } from '../../setup/runs.ts';
import { filters, nearlyFilters, termsOf } from './arbitraries.ts';

/** Counts the characters that are looked at. */
class CountingCursor extends Cursor {
  steps = 0;
  override skipBlanks(): void {
    this.counted(() => super.skipBlanks());
  }
  override name(): string {
    return this.counted(() => super.name());
  }
  override literal(): ReturnType<Cursor['literal']> {
    return this.counted(() => super.literal());
  }
  override take(character: string): boolean {
    return this.counted(() => super.take(character));
  }
  override takeWord(word: string): boolean {
    return this.counted(() => super.takeWord(word));
  }
  private counted<T>(work: () => T): T {
    const before = this.position;
    try {
      return work();
    } finally {
      this.steps += 1 + this.position - before;
    }
  }
}

const onlyScimError = (work: () => unknown): void => {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ScimError) || error.status !== 400) throw error;
  }
};

describe('filters in general', () => {
  it('print to text that parses to the same filter', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        fc.pre(termsOf(filter) <= filterLimits.nodes && printFilter(filter).length < 2000);
        expect(parseFilter(printFilter(filter), userResourceType)).to.deep.equal(filter);
      }),
      { numRuns: runs(300) },
    );
  });

  it('are refused with a ScimError, whatever the text', () => {
    fc.assert(
      fc.property(nearlyFilters, (text) => {
        onlyScimError(() => parseFilter(text, userResourceType));
        onlyScimError(() => parsePath(text, userResourceType));
      }),
      { numRuns: runs(500) },
    );
  });

  it('take steps in proportion to their length', () => {
    const stepsFor = (text: string): number => {
      const cursor = new CountingCursor(text);
      onlyScimError(() => parseAt(cursor, userResourceType, reading()));
      return cursor.steps;
    };
    fc.assert(
      fc.property(nearlyFilters, (text) => stepsFor(text) <= 8 * text.length + 20),
      { numRuns: runs(300) },
    );
    for (const text of [
      '('.repeat(4000),
      `${'not ('.repeat(800)}title pr`,
      `title eq "${'\\\\'.repeat(2000)}`,
      `${'emails['.repeat(500)}`,
      `${'a'.repeat(4000)}`,
      `title eq ${'9'.repeat(4000)}`,
      `title pr${' '.repeat(4000)}`,
      `title pr${' and title pr'.repeat(400)}`,
    ]) {
      expect(stepsFor(text)).to.be.at.most(8 * text.length + 20);
    }
  });
});
