import { expect } from 'chai';
import fc from 'fast-check';
import { decodeEntry, storedActivity } from '../../modules/activity/entry/decode.ts';
import { encodeEntry } from '../../modules/activity/entry/encode.ts';
import { isSecret, redact, redacted } from '../../modules/activity/entry/redact.ts';
import { entry } from './room.ts';

const secret = 'Kanarienvogel-7';
const stored = (more: Parameters<typeof entry>[0]) => storedActivity(1, decodeEntry(encodeEntry(entry(more))));

describe('A recorded entry', () => {
  it('holds everything it was given', () => {
    const whole = {
      operation: 'user.patch',
      outcome: 'done',
      status: 200,
      connectionId: 3,
      customerId: 42,
      subject: 'Zoë',
      actor: 'first token',
      requestId: 'r-1',
      milliseconds: 12.34,
      changed: ['firstname'],
      modified: [{ attribute: 'firstname', before: 'Ada', after: 'Zoë' }],
      notes: ['A note.'],
      trace: [{ step: 'match', note: 'by userName', milliseconds: 0.24 }, { step: 'write' }],
      reason: 'because',
      payload: { userName: 'zoe', active: true },
    } as const;
    expect(stored(whole)).to.deep.equal({
      ...whole,
      id: 1,
      at: '2024-05-06 12:00:00.789',
    });
  });

  it('shows of a secret that it was changed, and nothing of it', () => {
    const { modified } = stored({
      modified: [
        { attribute: 'password', before: undefined, after: secret },
        { attribute: 'urn:x:User:apiKey', before: secret, after: null },
        { attribute: 'rp_token', before: secret, after: secret },
        { attribute: 'nickname', before: `Bearer ${secret}`, after: { password: secret, list: [secret.length] } },
      ],
    });
    expect(modified).to.deep.equal([
      { attribute: 'password', before: null, after: redacted },
      { attribute: 'urn:x:User:apiKey', before: redacted, after: null },
      { attribute: 'rp_token', before: redacted, after: redacted },
      { attribute: 'nickname', before: `Bearer ${redacted}`, after: `{"password":"${redacted}","list":[15]}` },
    ]);
  });

  it('keeps a received request as it came, character by character', () => {
    const text = '{ "userName": "ada", "n": 1.0, "emoji": "🐤" }';
    const received = { method: 'POST', path: '/Users', text, body: JSON.parse(text) };
    expect(encodeEntry(entry({ received }))).to.contain(`"payload":{"method":"POST","path":"/Users","body":${text}}}`);
    expect(stored({ received }).payload).to.deep.equal({ method: 'POST', path: '/Users', body: JSON.parse(text) });
    expect(stored({ received: { method: 'DELETE', path: '/Users/1' } }).payload).to.deep.equal({
      method: 'DELETE',
      path: '/Users/1',
    });
  });

  it('keeps of a received request no secret, whatever the words and escapes around it', () => {
    const bodies = [
      `{"password":"${secret}"}`,
      `{"p\\u0061ssword":"${secret}"}`,
      `{"Operations":[{"path":"password","value":"${secret}"}]}`,
      `{"note":"Bearer ${secret}"}`,
      `{"api_key":"${secret}"}`,
      `{"urn:x:User":{"clientSecret":["${secret}"]}}`,
    ];
    for (const text of bodies) {
      const received = { method: 'PUT', path: '/Users/1', text, body: JSON.parse(text) };
      const kept = encodeEntry(entry({ received }));
      expect(kept, text).not.to.contain(secret);
      expect(kept, text).to.contain(redacted);
      expect(JSON.parse(kept), text).to.have.nested.property('payload.body');
    }
  });

  it('cuts a received request that is too long, and stays JSON', () => {
    const text = JSON.stringify({ list: Array.from({ length: 9_000 }, (_, i) => i) });
    const kept = encodeEntry(entry({ received: { method: 'PUT', path: '/x', text, body: JSON.parse(text) } }));
    expect(kept.length).to.be.below(20_000);
    expect(JSON.parse(kept)).to.have.nested.property('payload.body');
  });

  it('keeps a payload without its secrets, in whatever shape identity providers send them', () => {
    const payloads: unknown[] = [
      { userName: 'ada', password: secret },
      { userName: 'ada', Password: { value: secret } },
      JSON.stringify({ userName: 'ada', password: secret }),
      { Operations: [{ op: 'replace', path: 'password', value: secret }] },
      { Operations: [{ op: 'add', value: { password: secret, userName: 'ada' } }] },
      { Operations: [{ op: 'Replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User:password', value: secret }] },
      { attributes: [{ name: 'client_secret', value: [secret] }] },
      { headers: { authorization: `Bearer ${secret}` }, note: `sent Bearer ${secret} twice` },
      `{"password": "${secret}`,
    ];
    for (const payload of payloads)
      expect(encodeEntry(entry({ payload })), JSON.stringify(payload)).not.to.contain(secret);
    expect(
      stored({ payload: { userName: 'ada', active: false, emails: [{ value: 'a@b.example' }] } }).payload,
    ).to.deep.equal({ userName: 'ada', active: false, emails: [{ value: 'a@b.example' }] });
  });

  it('knows names of secrets, and does not take others for them', () => {
    for (const name of [
      'password',
      'PASSWORD',
      'password_hash',
      'rp_token',
      'clientSecret',
      'api-key',
      'Authorization',
    ])
      expect(isSecret(name), name).to.equal(true);
    for (const name of ['userName', 'emails.value', 'firstname', 'postcode', 'compass', 'displayName', 'shipping'])
      expect(isSecret(name), name).to.equal(false);
  });

  it('never grows beyond its bounds, whatever it is given', () => {
    const huge = 'x'.repeat(20_000);
    const deep = Array.from({ length: 5_000 }).reduce<unknown>((inner) => ({ inner }), 'bottom');
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`k${i}`, huge.slice(0, 50)]));
    for (const payload of [huge, deep, wide, [deep, wide], JSON.stringify(wide)])
      expect(
        encodeEntry(
          entry({
            payload,
            subject: huge,
            actor: huge,
            requestId: huge,
            reason: huge,
            modified: Array.from({ length: 1_000 }, (_, i) => ({
              attribute: `${huge}${i}`,
              before: huge,
              after: wide,
            })),
            trace: Array.from({ length: 1_000 }, () => ({ step: huge, note: huge })),
          }),
        ).length,
      ).to.be.below(150_000);
  });

  it('can be written and read whatever values stand in it', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }), (value) => {
        const again = stored({ payload: value, modified: [{ attribute: 'a', before: value, after: value }] });
        expect(again.status).to.equal(200);
      }),
      { numRuns: 500 },
    );
    expect(redact({ list: [{ path: 'password', value: 1 }] })).to.deep.equal({
      list: [{ path: 'password', value: redacted }],
    });
  });
});
