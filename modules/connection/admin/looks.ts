import type { Visit } from '../../admin/index.ts';

/** How often a panel has looked again by itself, as its own request says. */
export const looksOf = ({ query }: Visit): number => Math.max(0, Number(query.get('look')) || 0);
