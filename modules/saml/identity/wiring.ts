import { UserMapping } from '../../attribute-mapping/index.ts';
import { Belongings } from '../../connection/index.ts';
import { CustomerAnonymised } from '../../customer/index.ts';
import { Clock, contribute, Database, observe, type Provision, provide, sql } from '../../framework/index.ts';
import { SignIns, SignInUsers, UsersTransferred } from '../../provisioning/index.ts';
import { Agreements, createAgreements } from './agreement.ts';
import { createIdentities, SamlIdentities } from './identities.ts';
import { createSamlSignIns, SamlSignIns } from './sign-ins.ts';

/** The services of this folder. */
export const identityServices: readonly Provision[] = [
  provide(SamlIdentities, {}, createIdentities),
  provide(Agreements, { identities: SamlIdentities, users: SignInUsers }, ({ identities, users }) =>
    createAgreements(identities, users),
  ),
  provide(SamlSignIns, { database: Database, mapping: UserMapping, signIns: SignIns, clock: Clock }, createSamlSignIns),
];

/** Who signs in through a connection goes with it. */
export const identitiesOfConnection = contribute(Belongings, {}, () => ({
  label: 'SAML identities',
  async count(db, connectionId) {
    const row = await db.first<{ n: number }>(
      sql`SELECT COUNT(*) AS n FROM {vestibule_saml_identity} WHERE connection_id = ${connectionId}`,
    );
    return Number(row?.n ?? 0);
  },
  async remove(tx, connectionId) {
    await tx.run(sql`DELETE FROM {vestibule_saml_identity} WHERE connection_id = ${connectionId}`);
  },
}));

/** What identity providers said of somebody is personal, and the link would find who is nobody any more. */
const anonymised = observe(CustomerAnonymised, {
  id: 'saml.forget-identity',
  when: 'transaction',
  handle({ id }, _, tx) {
    tx.later(sql`DELETE FROM {vestibule_saml_identity} WHERE customer_id = ${id}`);
  },
});

/**
 * People go on signing in as the customers they are, now through the connection that manages these. An identifier that is
 * known there already means who it means there.
 */
const transferred = observe(UsersTransferred, {
  id: 'saml.transfer-identities',
  when: 'transaction',
  async handle({ from, to, firstCustomer, lastCustomer }, _, tx) {
    await tx.run(
      sql`DELETE FROM {vestibule_saml_identity} WHERE connection_id = ${from} AND customer_id BETWEEN ${firstCustomer} AND ${lastCustomer} AND identifier_digest IN (SELECT k.identifier_digest FROM (SELECT t.identifier_digest FROM {vestibule_saml_identity} t JOIN {vestibule_saml_identity} o ON o.identifier_digest = t.identifier_digest AND o.connection_id = ${from} AND o.customer_id BETWEEN ${firstCustomer} AND ${lastCustomer} WHERE t.connection_id = ${to}) k)`,
    );
    tx.later(
      sql`UPDATE {vestibule_saml_identity} SET connection_id = ${to} WHERE connection_id = ${from} AND customer_id BETWEEN ${firstCustomer} AND ${lastCustomer}`,
    );
  },
});

export const identityObservers = [anonymised, transferred];
