import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { freePort } from '../../setup/free-port.ts';
import { createProject, type Program, type Project } from '../../start/project.ts';
import { expectNoFaults, logIn, openBrowser, type TestBrowser } from '../browser.ts';

/** What is written into the module that was made: an answer by configuration, and what becomes of it. */
const finished = {
  'modules/acme-loyalty/service.ts': `import { provide, service } from 'vestibule/framework';
import { settings } from './settings.ts';

export interface AcmeLoyalty {
  answerFor(subject: string): Promise<string | undefined>;
}

export const AcmeLoyalty = service<AcmeLoyalty>('acme-loyalty.AcmeLoyalty');

export const provided = provide(AcmeLoyalty, { settings: settings.token }, ({ settings }) => ({
  answerFor: async (subject) => (await settings.get('answers'))[subject],
}));
`,
  'modules/acme-loyalty/plugin.ts': `import { UserMapping } from 'vestibule/attribute-mapping';
import { plugin } from 'vestibule/framework';
import { AcmeLoyalty } from './service.ts';

export const mappingPlugin = plugin(UserMapping, {
  id: 'acme-loyalty.mapping',
  sortOrder: 50,
  inject: { room: AcmeLoyalty },
  advise: ({ room }) => ({
    toCustomer: {
      async after(customer) {
        const [, domain = ''] = String(customer.attributes.email).split('@');
        const answer = await room.answerFor(domain);
        if (answer === undefined) return customer;
        return { ...customer, attributes: { ...customer.attributes, job_title: answer } };
      },
    },
  }),
});
`,
};

describe("A module developer's first five minutes", function () {
  this.timeout(60_000);
  let project: Project;
  let server: Program;
  let browser: TestBrowser;
  let url: string;
  const told = (label: string): string => new RegExp(`^${label}: +(\\S+)$`, 'm').exec(server.out())?.[1] ?? '';
  /** As `npm run -s cli --` does it; it has to succeed. */
  async function cli(...argv: string[]): Promise<string> {
    await project.compile();
    const { code, out, err } = await project.cli(argv);
    expect(code, `${argv.join(' ')}: ${err}`).to.equal(0);
    return out;
  }

  before(async function () {
    this.timeout(900_000);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    project = await createProject({ PORT: String(port) }, true);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    await project?.dispose();
  });

  it('begin with a module that is made, finished, switched on and started', async () => {
    const made = await cli('module:create', 'acme-loyalty', '--with', 'config,page,plugin');
    expect(made).to.include('modules/acme-loyalty/admin/page.tsx');
    for (const [file, text] of Object.entries(finished)) {
      await mkdir(dirname(join(project.root, file)), { recursive: true });
      await writeFile(join(project.root, file), text);
    }
    expect(await cli('module:enable', 'acme-loyalty')).to.include('Enabled: acme-loyalty');
    expect(await cli('setup:di:compile')).to.include('Everything fits together');
    server = project.run('server.ts');
    await server.says('SCIM bearer token:');
    browser = await openBrowser(url);
  });

  for (const scripts of [true, false])
    it(`go on with its entry, its settings, its page and its traffic in a browser, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const tab = await browser.open({ javaScriptEnabled: scripts });
      const { page } = tab;
      const level = scripts ? 'Gold' : 'Silver';
      const menu = (name: string) => page.locator('nav.menu').getByRole('link', { name, exact: true }).click();
      const ask = async (words: string) => {
        await menu('Acme Loyalty');
        await page.getByRole('textbox', { name: 'Subject' }).fill('example.com');
        await page.getByRole('button', { name: 'Ask' }).click();
        await page.getByText(`example.com: ${words}`, { exact: true }).waitFor();
      };
      await logIn(page, told('Admin user'), told('Admin password'));
      await ask(scripts ? 'no answer' : 'Gold');

      await menu('Configuration');
      await page.getByRole('link', { name: 'Acme loyalty', exact: true }).click();
      const inherits = page.getByLabel('Use system value: Answers');
      if (!scripts) await inherits.uncheck();
      else if (await inherits.isChecked()) await inherits.uncheck();
      await page.getByLabel('Answers', { exact: true }).fill(`example.com = ${level}`);
      await page.getByRole('button', { name: 'Save Config' }).click();
      await page.locator('.notice.done').waitFor();
      await ask(level);

      // What an identity provider sends passes through it.
      const scim = ['--base', told('SCIM base URL'), '--token', told('SCIM bearer token')];
      const said = await cli('scim:simulate', 'okta', '--users', '2', '--keep', ...scim);
      expect(said).to.match(/^okta, 2 users: \d+ requests \(.*\), 0 faults$/m);
      await menu('Customers');
      expect(await page.locator('tbody tr').count()).to.equal(scripts ? 2 : 4);
      await page.locator('tbody a').first().click();
      await page.getByText(level, { exact: true }).first().waitFor();
      await menu('Modules');
      await page.getByRole('link', { name: 'acme-loyalty' }).click();
      await page.getByRole('heading', { name: 'Acme loyalty', exact: true }).waitFor();
      for (const brought of ['Pages', 'Settings', 'Rights for roles'])
        await page.getByRole('heading', { name: brought }).waitFor();
      expectNoFaults(tab);
      await tab.close();
    });
});
