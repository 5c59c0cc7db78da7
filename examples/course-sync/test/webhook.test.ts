import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { Outgoing } from 'vestibule/framework';
import { createTestHost, type TestHost } from 'vestibule/testing';
import { LmsError } from '../lms/lms.ts';
import type { LmsSettings } from '../lms/settings.ts';
import { signatureProblem } from '../lms/standard-webhooks.ts';
import { createWebhook } from '../lms/webhook/webhook.ts';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const now = new Date('2026-11-22T10:30:00Z');
const ann = { customerId: 7, email: 'ann@shop.example', firstName: 'Ann', lastName: 'Lee', active: true };

describe('An LMS that takes webhooks', () => {
  let host: TestHost;
  let server: Server;
  let received: { headers: IncomingHttpHeaders; body: Buffer }[] = [];
  let answer = { status: 200, body: '' };
  const values: Record<string, unknown> = { webhook_secret: secret, timeout: 5 };
  const lms = () =>
    createWebhook({ get: async (field: string) => values[field] } as unknown as LmsSettings, host.resolve(Outgoing), {
      now: () => now,
    });
  const refusal = async (work: Promise<unknown>): Promise<LmsError> => {
    const error = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error instanceof LmsError) return error;
    throw new Error(`refused nothing: ${error}`);
  };

  before(async () => {
    host = await createTestHost({ modules: [] });
    server = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      received.push({ headers: request.headers, body: Buffer.concat(parts) });
      response.writeHead(answer.status, { 'retry-after': '7' }).end(answer.body);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const at = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    Object.assign(values, { url: `http://${at}/in`, allowed_hosts: [at] });
  });
  beforeEach(() => {
    received = [];
    answer = { status: 200, body: '' };
  });
  after(async () => {
    server?.close();
    await host?.close();
  });

  it('is told who the user is, and of each enrolment, signed and under the id of the act', async () => {
    answer.body = '{"id": 55}';
    expect(await lms().saveUser(ann, undefined, true, { messageId: 'crs_u' })).to.equal('55');
    answer.body = 'thanks';
    expect(await lms().saveUser(ann, '55', true, { messageId: 'crs_u2' })).to.equal('55');
    expect(await lms().saveUser(ann, '55', false, { messageId: 'crs_u3' }), 'nothing new').to.equal('55');
    await lms().enrol({ customerId: 7, lmsId: '55' }, 'SAFETY', { messageId: 'crs_e' });
    await lms().unenrol({ customerId: 7, lmsId: '55' }, 'SAFETY', { messageId: 'crs_x' });
    const told = received.map(({ headers, body }) => ({ id: headers['webhook-id'], ...JSON.parse(body.toString()) }));
    const course = { customerId: 7, lmsId: '55', course: 'SAFETY' };
    const timestamp = now.toISOString();
    expect(told).to.deep.equal([
      { id: 'crs_u', type: 'user.saved', timestamp, data: ann },
      { id: 'crs_u2', type: 'user.saved', timestamp, data: { ...ann, lmsId: '55' } },
      { id: 'crs_e', type: 'enrolment.created', timestamp, data: course },
      { id: 'crs_x', type: 'enrolment.removed', timestamp, data: course },
    ]);
    for (const { headers, body } of received) expect(signatureProblem(headers, body, secret, now)).to.equal(undefined);
  });

  it('is asked again where it may have been busy, and not where it refuses', async () => {
    const tell = () => refusal(lms().enrol({ customerId: 7, lmsId: '7' }, 'SAFETY', { messageId: 'crs_e' }));
    for (const status of [500, 503, 429, 408]) {
      answer = { status, body: '' };
      expect(await tell()).to.include({ code: 'LMS_UNREACHABLE', retryAfterMs: 7_000 });
    }
    for (const status of [400, 404, 302]) {
      answer = { status, body: '' };
      expect(await tell()).to.include({ code: 'LMS_REFUSED' });
    }
    const { webhook_secret, url } = values;
    values.webhook_secret = '';
    expect(await tell()).to.include({ code: 'LMS_SETTINGS' });
    Object.assign(values, { webhook_secret, url: 'http://10.0.0.1/' });
    expect(await tell()).to.include({ code: 'LMS_SETTINGS' });
    values.url = url;
  });
});
