import type { Contribution } from '../../framework/index.ts';
import { backlogCard } from './backlog-card.tsx';
import { webhookFacts, webhookGuide } from './guide/contribution.ts';

/** What webhooks bring to others' screens. */
export const webhookContributions: readonly Contribution[] = [backlogCard, webhookGuide, webhookFacts];
