import { ActionButton, Moment, type Panel, Panels } from '../../../admin/index.ts';
import { contribute } from '../../../framework/index.ts';
import { managingOf } from '../customer/managing.ts';
import { protectionPath } from './paths.ts';

/** Whether a customer is protected, and the button that changes it; it asks no statement of its own. */
export const protectionPanel = contribute(
  Panels,
  {},
  (): Panel => ({
    subject: 'customer',
    title: 'Protection',
    acl: 'customer::view',
    sortOrder: 45,
    async view({ params, database, may }) {
      const id = Number(params.id);
      const found = await managingOf(database, id);
      const allowed = may('provisioning::protect');
      if (!found || (!allowed && !found.protected && found.protectedGroup === undefined)) return undefined;
      const { protected: itself, protectedGroup } = found;
      return (
        <>
          {itself && (
            <p>
              No connection may change this customer: protected by {itself.by}, <Moment at={itself.at} />.
            </p>
          )}
          {protectedGroup !== undefined && (
            <p>
              {itself ? 'Its' : 'No connection may change this customer: its'} customer group{' '}
              <strong>{protectedGroup}</strong> is protected.{' '}
              {allowed && <a href={protectionPath}>Protected Customers</a>}
            </p>
          )}
          {!itself && protectedGroup === undefined && (
            <p>
              Connections may change this customer, as far as their policies go. Protect those who must never be locked
              out by an identity provider, such as the owner of the store.
            </p>
          )}
          {allowed && (
            <ActionButton action={`/admin/customers/${id}/${itself ? 'unprotect' : 'protect'}`} icon="shield">
              {itself ? 'Protect No More' : 'Protect This Customer'}
            </ActionButton>
          )}
        </>
      );
    },
  }),
);
