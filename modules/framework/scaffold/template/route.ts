import { route } from 'vestibule/framework';
import { SampleRoom } from './service.ts';

/** Part of the admin API, for whom a role allows it. */
export const answerRoute = route('GET /admin/api/v1/sample-room/:subject', {
  area: 'admin',
  acl: 'sample-room::view',
  inject: { room: SampleRoom },
  async handle(request, response, { room }) {
    const subject = String(request.params.subject);
    response.json({ subject, answer: (await room.answerFor(subject)) ?? null });
  },
});
