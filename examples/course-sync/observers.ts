import { type CapturedChange, ChangesCaptured } from 'vestibule/change-capture';
import { Clock, idList, type Observer, observe, ProcessEnded, sql, type Transaction } from 'vestibule/framework';
import { GroupMembershipsChanged } from 'vestibule/provisioning';
import { Mappings } from './course/mapping.ts';
import { releaseLinesOf } from './queue/claim.ts';
import { CourseJobs } from './queue/jobs.ts';
import { enqueue } from './queue/queue.ts';

const concerns = ({ kind }: CapturedChange): boolean => kind === 'created' || kind === 'updated' || kind === 'deleted';

/** Those of some customers who have to do with courses, or are in a customer group that has. One statement. */
async function concerned(tx: Transaction, customerIds: readonly number[]): Promise<readonly number[]> {
  const ids = idList(customerIds);
  const rows = await tx.all<{ id: number }>(
    sql`SELECT customer_id AS id FROM {vestibule_course_reason} WHERE customer_id IN (${ids}) UNION SELECT customer_id AS id FROM {vestibule_course_user} WHERE customer_id IN (${ids}) UNION SELECT entity_id AS id FROM {customer_entity} WHERE entity_id IN (${ids}) AND group_id IN (SELECT customer_group_id FROM {vestibule_course_mapping} WHERE kind = 'customer-group')`,
  );
  return rows.map(({ id }) => id);
}

const needs = { clock: Clock, jobs: CourseJobs };

/** Whatever any writer does to customers who have to do with courses. */
export const customersChanged: Observer = observe(ChangesCaptured, {
  id: 'course-sync.customers-changed',
  when: 'transaction',
  inject: needs,
  async handle({ changes }, { clock, jobs }, tx) {
    const changed = [...new Set(changes.filter(concerns).map(({ customerId }) => customerId))];
    const ids = changed.length === 0 ? [] : await concerned(tx, changed);
    if (ids.length === 0) return;
    await enqueue(tx, ids, clock.now().getTime());
    tx.afterCommit(jobs.wake);
  },
});

/** Who came into groups of identity providers and who left them, as far as a mapping names such groups. */
export const membershipsChanged: Observer = observe(GroupMembershipsChanged, {
  id: 'course-sync.memberships-changed',
  when: 'transaction',
  inject: { ...needs, mappings: Mappings },
  async handle({ customerIds, groupIds }, { clock, jobs, mappings }, tx) {
    const mapped = await tx.first(
      sql`SELECT mapping_id FROM {vestibule_course_mapping} WHERE kind = 'scim-group' LIMIT 1`,
    );
    if (!mapped) return;
    await enqueue(tx, customerIds, clock.now().getTime());
    if (groupIds.length > 0) await mappings.walkAgain(tx, ['scim-group']);
    tx.afterCommit(jobs.wake);
  },
});

/** A server process was killed: what it was at is taken over at once. */
export const processEnded: Observer = observe(ProcessEnded, {
  id: 'course-sync.process-ended',
  when: 'transaction',
  inject: needs,
  async handle({ process }, { clock, jobs }, tx) {
    await releaseLinesOf(tx, process, clock.now().getTime());
    tx.afterCommit(jobs.wake);
  },
});
