import { answer, json, route } from 'vestibule/framework';
import { SampleRoom } from './service.ts';

/** What /openapi.json says of it: `cli api:export` writes the same as curl and Postman. */
const answered = json.object<{ subject: string; answer: string | null }>({
  subject: json.text,
  answer: json.orNull(json.text),
});

/** Part of the admin API, for whom a role allows it. */
export const answerRoute = route('GET /admin/api/v1/sample-room/:subject', {
  area: 'admin',
  acl: 'sample-room::view',
  operation: { summary: 'Show the answer for one subject', answers: { 200: answer('The answer.', answered) } },
  inject: { room: SampleRoom },
  async handle(request, response, { room }) {
    const subject = String(request.params.subject);
    response.json({ subject, answer: (await room.answerFor(subject)) ?? null });
  },
});
