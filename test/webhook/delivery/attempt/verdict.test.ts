import { expect } from 'chai';
import { OutgoingError } from '../../../../modules/framework/index.ts';
import { answerText } from '../../../../modules/webhook/delivery/attempt/answer-text.ts';
import { retryAfter } from '../../../../modules/webhook/delivery/attempt/retry-after.ts';
import { verdictOf, verdictOfError } from '../../../../modules/webhook/delivery/attempt/verdict.ts';

const now = Date.parse('2026-03-04T05:06:07.000Z');
const hour = 3_600_000;

describe('The verdict on an attempt', () => {
  const of = (status: number, headers: Record<string, string> = {}) =>
    verdictOf({ status, headers, body: Buffer.from('because'), address: '127.0.0.1' }, 12, now);

  it('is that it was delivered for 2xx, that nobody is there for 410, and else whether it may lie in what was sent', () => {
    const told = [200, 201, 204, 299, 410, 100, 301, 302, 307, 400, 401, 404, 422, 500, 429, 502, 503, 504];
    expect(told.map((status) => `${status} ${of(status).verdict}`)).to.deep.equal([
      ...['200 delivered', '201 delivered', '204 delivered', '299 delivered', '410 gone', '100 refused'],
      ...['301 refused', '302 refused', '307 refused', '400 refused', '401 refused', '404 refused', '422 refused'],
      ...['500 refused', '429 unreachable', '502 unreachable', '503 unreachable', '504 unreachable'],
    ]);
    expect(of(200)).to.deep.equal({ verdict: 'delivered', status: 200, durationMs: 12, answer: 'because', note: null });
    expect(of(302).note).to.contain('redirects are not followed');
    expect(of(403).note).to.contain('secrets');
  });

  it('heeds how long a receiver that has too much to do asks to be left alone, and nobody else', () => {
    expect(of(429, { 'retry-after': '120' }).retryAfterMs).to.equal(120_000);
    expect(of(503, { 'retry-after': 'Wed, 04 Mar 2026 05:08:07 GMT' }).retryAfterMs).to.equal(120_000);
    expect(of(503, { 'retry-after': '31536000' }).retryAfterMs).to.equal(hour);
    expect(of(500, { 'retry-after': '120' })).to.not.have.property('retryAfterMs');
    expect(of(503)).to.not.have.property('retryAfterMs');
  });

  it('reads Retry-After as seconds or a date, and nothing else', () => {
    const read = (text: string | undefined) => retryAfter(text, now, hour);
    expect(['0', ' 7 ', 'Wed, 04 Mar 2026 05:06:09 GMT', 'Wednesday, 04-Mar-26 05:06:10 GMT'].map(read)).to.deep.equal([
      0, 7_000, 2_000, 3_000,
    ]);
    expect(read('Wed, 04 Mar 2020 05:06:09 GMT')).to.equal(0);
    expect(['-1', '1.5', '2026-03-04', 'soon', '', undefined, '1e3'].map(read)).to.deep.equal(Array(7).fill(undefined));
  });

  it('says of an error before an answer what it was, and which field allows a server on the inside', () => {
    const closed = new OutgoingError('OUTGOING_ADDRESS', 'It leads inside.');
    expect(verdictOfError(closed, 3)).to.deep.include({ verdict: 'unreachable', status: null, durationMs: 3 });
    expect(verdictOfError(closed, 3).note).to.equal('It leads inside. The field is webhook/security/allowed_hosts.');
    expect(verdictOfError(new OutgoingError('OUTGOING_ABORTED', 'cut'), 3).verdict).to.equal('interrupted');
    expect(verdictOfError(new Error('no key'), 0)).to.deep.include({
      verdict: 'unsent',
      note: 'The event could not be put together: no key',
    });
  });

  it('keeps of an answer a kibibyte of text that does no harm', () => {
    expect(answerText(Buffer.from('a\u0000b\u001b[31m\tc\u202ed\n'))).to.equal('ab[31m\tcd');
    expect(answerText(Buffer.from([0xff, 0xfe, 0x41]))).to.equal('A');
    expect(answerText(Buffer.from('ü'.repeat(1_000)))).to.equal('ü'.repeat(512));
    expect(answerText(Buffer.from(' \n'))).to.equal(null);
  });
});
