export { Activities, type ActivityEntry, type ActivityOutcome, type StoredActivity } from './activity.ts';
