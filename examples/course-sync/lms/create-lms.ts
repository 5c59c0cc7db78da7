import type { Clock, Outgoing } from 'vestibule/framework';
import { type Lms, LmsError } from './lms.ts';
import { createMoodle } from './moodle/moodle.ts';
import type { LmsSettings } from './settings.ts';
import { createWebhook } from './webhook/webhook.ts';

/** The LMS that is configured, asked anew for every call: what an administrator saves holds from then on. */
export function createLms({
  settings,
  outgoing,
  clock,
}: {
  readonly settings: LmsSettings;
  readonly outgoing: Outgoing;
  readonly clock: Clock;
}): Lms {
  const adapters: Readonly<Record<string, Omit<Lms, 'ready'>>> = {
    moodle: createMoodle(settings, outgoing, clock),
    webhook: createWebhook(settings, outgoing, clock),
  };
  async function chosen(): Promise<Omit<Lms, 'ready'>> {
    const adapter = adapters[await settings.get('adapter')];
    if (adapter && (await settings.get('url')) !== '') return adapter;
    throw new LmsError('LMS_SETTINGS', 'No LMS is configured: set course_sync/lms/adapter and course_sync/lms/url.');
  }
  return {
    ready: async () => adapters[await settings.get('adapter')] !== undefined && (await settings.get('url')) !== '',
    saveUser: async (...given) => (await chosen()).saveUser(...given),
    enrol: async (...given) => (await chosen()).enrol(...given),
    unenrol: async (...given) => (await chosen()).unenrol(...given),
    course: async (...given) => (await chosen()).course(...given),
  };
}
