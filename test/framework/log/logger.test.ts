import { expect } from 'chai';
import { createLogger } from '../../../modules/framework/index.ts';

function logger(json: boolean, level = 'info') {
  const lines: string[] = [];
  return { lines, log: createLogger({ level, json, write: (line) => lines.push(line) }) };
}

describe('logger', () => {
  it('writes one JSON object a line in production', () => {
    const { log, lines } = logger(true);
    log.warn({ connection: 'okta' }, 'A sentence');
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/\n$/);
    expect(JSON.parse(lines[0] ?? '')).to.include({ level: 40, connection: 'okta', msg: 'A sentence' });
  });

  it('writes readable lines otherwise, with the stack of an error below', () => {
    const { log, lines } = logger(false);
    log.error({ err: new Error('broken'), count: 3, path: '/scim/v2', words: 'two words' }, 'A sentence');
    const [first = '', second = ''] = (lines[0] ?? '').split('\n');
    expect(first).to.match(/^\d\d:\d\d:\d\d ERROR A sentence {2}count=3 {2}path=\/scim\/v2 {2}words="two words"$/);
    expect(second).to.equal('    Error: broken');
  });

  it('lets no text start a line of its own or steer the terminal', () => {
    const { log, lines } = logger(false);
    log.info({ name: 'a\nERROR fake' }, 'one\n00:00:00 ERROR two\u001b[2J');
    expect(lines[0]?.match(/\n/g)).to.have.length(1);
    expect(lines[0]).not.to.contain('\u001b');
  });

  it('heeds the level', () => {
    const { log, lines } = logger(true, 'warn');
    log.info({}, 'not said');
    log.warn({}, 'said');
    expect(lines).to.have.length(1);
  });

  for (const json of [true, false]) {
    it(`keeps secrets out of ${json ? 'JSON' : 'readable'} lines, up to two levels deep`, () => {
      const { log, lines } = logger(json);
      const secrets = {
        authorization: 'hush',
        Authorization: 'hush',
        password: 'hush',
        token: 'hush',
        'app-secret': 'hush',
      };
      log.error({ ...secrets, headers: secrets, request: { headers: { ...secrets, cookie: 'hush' } } }, 'A sentence');
      expect(lines.join('')).to.contain('[redacted]').and.not.contain('hush');
    });
  }
});
