import { CustomerAnonymised, CustomerDeleted, CustomerSaved } from '../../customer/index.ts';
import { Clock, type Observer, observe, sql } from '../../framework/index.ts';
import { UsersTransferred } from '../../provisioning/index.ts';
import { SessionEndings } from './endings.ts';

const inject = { endings: SessionEndings, clock: Clock };
/** Columns that say whether a customer may log in. */
const standing: readonly string[] = ['is_active', 'lock_expires'];

/** Nobody stays signed in whose customer was deactivated, deleted or anonymised, whoever did it. */
export const standingObservers: readonly Observer[] = [
  observe(CustomerSaved, {
    id: 'saml.end-sessions-of-deactivated',
    when: 'committed',
    inject,
    async handle({ id, created, changed }, { endings, clock }) {
      if (created || !changed.some((code) => standing.includes(code))) return;
      await endings.ofCustomer(id, undefined, clock.now());
    },
  }),
  observe(CustomerDeleted, {
    id: 'saml.end-sessions-of-deleted',
    when: 'committed',
    inject,
    handle: ({ id }, { endings, clock }) => endings.ofCustomer(id, undefined, clock.now()),
  }),
  observe(CustomerAnonymised, {
    id: 'saml.end-sessions-of-anonymised',
    when: 'committed',
    inject,
    handle: ({ id }, { endings, clock }) => endings.ofCustomer(id, undefined, clock.now()),
  }),
  // Another connection vouches for them from now on; sessions of the one before would outlive its word.
  observe(UsersTransferred, {
    id: 'saml.end-sessions-of-transferred',
    when: 'transaction',
    async handle({ from, firstCustomer, lastCustomer }, _, tx) {
      const theirs = sql`connection_id = ${from} AND customer_id BETWEEN ${firstCustomer} AND ${lastCustomer}`;
      await tx.run(sql`DELETE FROM {vestibule_saml_session} WHERE ${theirs}`);
      await tx.run(sql`DELETE FROM {vestibule_saml_code} WHERE ${theirs}`);
    },
  }),
];
