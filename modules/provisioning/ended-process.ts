import { heldBy, observe, ProcessEnded, raw, sql } from '../framework/index.ts';
import { GroupJobs } from './group/jobs.ts';
import { GuardJobs } from './guard/job/guard-jobs.ts';
import { SearchForms } from './search-forms/search-forms.ts';

const claimed = ['vestibule_guard_hold', 'vestibule_group_job', 'vestibule_search_forms'];

/** What a process had claimed that is gone goes on here, rather than when its claim has run out. */
export const claimsFreed = [
  observe(ProcessEnded, {
    id: 'provisioning.free-claims',
    when: 'transaction',
    handle({ process }, _needs, tx) {
      for (const table of claimed)
        tx.later(
          sql`UPDATE ${raw(`{${table}}`)} SET claimed_until = NULL WHERE claimed_until IS NOT NULL AND claimed_by LIKE ${heldBy(process)}`,
        );
    },
  }),
  observe(ProcessEnded, {
    id: 'provisioning.go-on',
    when: 'committed',
    inject: { groups: GroupJobs, guard: GuardJobs, forms: SearchForms },
    handle(_ended, { groups, guard, forms }) {
      groups.kick();
      guard.kick();
      forms.kick();
    },
  }),
];
