import { Tabs, type Visit } from 'vestibule/admin';
import type { Mapping } from '../course/mapping.ts';

export const title = 'SyncUP: Users and Course Sync';
export const mapPath = '/admin/courses';
export const queuePath = '/admin/courses/queue';
export const logPath = '/admin/courses/log';
export const mappingPath = ({ id }: Pick<Mapping, 'id'>, rest = ''): `/${string}` =>
  `/admin/courses/mappings/${id}${rest === '' ? '' : `/${rest}`}`;

/** Who does it, as records name them. */
export const actorOf = ({ signedIn }: Visit): string => signedIn?.user ?? 'administration';

/** The map, the queue and the log stand beside each other. */
export function CourseTabs({ current, failed }: { readonly current: string; readonly failed: number }) {
  const tabs = [
    { label: 'Course Map', href: mapPath },
    { label: 'Queue', href: queuePath, ...(failed === 0 ? {} : { count: failed }) },
    { label: 'Log', href: logPath },
  ];
  return <Tabs label={title} tabs={tabs.map((tab) => ({ ...tab, current: tab.href === current }))} />;
}
