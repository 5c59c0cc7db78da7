import { Tabs } from '../kit/tabs.tsx';
import type { Visit } from '../kit/visit.ts';

/** Users, roles and sessions stand beside each other. */
export function UsersTabs({ visit, current }: { visit: Visit; current: 'users' | 'roles' | 'sessions' }) {
  const tabs = [
    { key: 'users', label: 'Users', href: '/admin/users', acl: 'admin::users' },
    { key: 'roles', label: 'Roles', href: '/admin/roles', acl: 'admin::roles' },
    { key: 'sessions', label: 'Sessions', href: '/admin/sessions', acl: 'admin::users' },
  ];
  const shown = tabs.filter(({ acl }) => visit.may(acl));
  return <Tabs label="Users & Roles" tabs={shown.map((tab) => ({ ...tab, current: tab.key === current }))} />;
}
