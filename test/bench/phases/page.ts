import { type Driven, expect, grownTo, type Phase, scimUsers, walkedOver } from '../phase.ts';

const pageSize = 100;
/** Pages of one walk over a few thousand users. */
const longestWalk = walkedOver / pageSize;

interface Page {
  readonly totalResults?: number;
  readonly nextCursor?: string;
  readonly Resources?: readonly unknown[];
}

async function page({ client }: Driven, query: string, expected = pageSize): Promise<Page> {
  const path = `${scimUsers}?${query}`;
  const page = JSON.parse(await expect(client, { method: 'GET', path }, 200)) as Page;
  const length = page.Resources?.length ?? 0;
  if (length !== expected) throw new Error(`GET ${path} answered ${length} users instead of ${expected}`);
  return page;
}

/** Full pages that a walk may have before it begins anew. */
const pagesOf = ({ people }: Driven): number => Math.max(1, Math.floor(people.length / pageSize));

export const sequential: Phase = {
  name: 'page',
  describe: 'page of 100 in a walk by startIndex',
  stage: 'young',
  wanted: 1.5,
  share: 1 / 10,
  chunk: longestWalk,
  jobs: (target, { requests }) => [
    async () => {
      for (let i = 0; i < requests; i++)
        await page(target, `startIndex=${(i % pagesOf(target)) * pageSize + 1}&count=${pageSize}`);
    },
  ],
};

export const cursor: Phase = {
  name: 'cursor',
  describe: 'page of 100 in a walk by cursor; floor: by key',
  stage: 'young',
  share: 1 / 10,
  chunk: longestWalk,
  jobs: (target, { requests }) => [
    async () => {
      let next = '';
      for (let i = 0; i < requests; i++) {
        const turn = i % pagesOf(target);
        if (turn === 0) next = '';
        const { nextCursor } = await page(target, `cursor=${encodeURIComponent(next)}&count=${pageSize}`);
        if (nextCursor === undefined && turn + 1 < pagesOf(target))
          throw new Error(`${target.name} answered page ${turn + 1} without a nextCursor`);
        next = nextCursor ?? '';
      }
    },
  ],
};

export const last: Phase = {
  name: 'lastpage',
  describe: 'page of 100 at the end of 100,000, out of the blue',
  stage: 'grown',
  wanted: 1,
  share: 1 / 100,
  chunk: 10,
  jobs: (target, { requests }) =>
    Array.from({ length: requests }, (_, i) => async () => {
      // A different page each time, and none that follows another, so that nothing remembered helps.
      const startIndex = grownTo - pageSize + 1 - i;
      await page(target, `startIndex=${startIndex}&count=${pageSize}`);
    }),
};
