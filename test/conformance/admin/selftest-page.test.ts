import { expect } from 'chai';
import { Tasks } from '../../../modules/admin/index.ts';
import conformance from '../../../modules/conformance/module.ts';
import { Selftests } from '../../../modules/conformance/selftest/selftests.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { sqlite } from '../../setup/databases.ts';

const home = '/admin/connections/default/selftest';

describe('The self-test in the browser', () => {
  let host: AdministeredHost;
  let browser: BrowserVisitor;
  const ran: (string | undefined)[] = [];
  const requirement = { area: 'filter', level: 'MUST', says: 'answers <i>filters</i>' } as const;
  const selftests: Selftests = {
    async run(code, told) {
      ran.push(code);
      told?.(1);
      return {
        connection: code ?? 'rehearsal',
        base: '',
        left: ['/Users/7'],
        verdicts: [
          { ...requirement, id: 'RFC7644-3.4.2-01', outcome: 'pass' },
          {
            ...requirement,
            id: 'RFC7644-3.4.2-02',
            outcome: 'fail',
            reason: 'found nothing',
            exchanges: [{ request: 'GET /Users', status: 404, found: '<b>none' }],
          },
        ],
      };
    },
  };
  before(async () => {
    host = await openAdministeredHost(sqlite, [conformance], { override: [[Selftests, selftests]] });
    browser = await host.enter();
  });
  after(() => host.close());

  it('begins when an administrator has confirmed it, and tells the requirements by their ids', async () => {
    expect((await browser.send(home, {})).location).to.equal(`${home}?unconfirmed=1`);
    expect((await browser.get(`${home}?unconfirmed=1`)).text).to.include('Confirm it');
    expect(ran).to.deep.equal([]);
    await browser.send(home, { confirmed: '1' });
    await host.host.resolve(Tasks).settled();
    const { text } = await browser.get(home);
    expect(text).to.include('RFC7644-3.4.2-02').and.include('found nothing').and.include('/Users/7');
    expect(text).to.include('1 requirements that MUST hold').and.not.include('<i>filters').and.not.include('<b>none');
    expect(ran).to.deep.equal([undefined]);
    expect((await host.records())[0]).to.include({ operation: 'connection.selftest', actor: 'anna1' });
  });

  it('speaks for the connection itself where that is asked for', async () => {
    await browser.send(home, { confirmed: '1', own: '1' });
    await host.host.resolve(Tasks).settled();
    expect(ran.at(-1)).to.equal('default');
  });

  it('is a tab for those whose role allows it', async () => {
    expect((await browser.get('/admin/connections/default')).text).to.include(`href="${home}"`);
    const reader = await host.enter(['connection::view']);
    expect((await reader.get(home)).status).to.equal(403);
    expect((await reader.get('/admin/connections/default')).text).not.to.include(home);
  });
});
