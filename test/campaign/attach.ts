import { areas, runSuite } from '../../modules/conformance/index.ts';
import { connect } from '../../modules/framework/database/connect.ts';
import { createTestHost, installationAt } from '../../modules/framework/index.ts';
import { type MagentoOptions, magentoDatabase } from '../attach/magento/database.ts';
import { dump } from '../attach/magento/dump.ts';
import { openCommandLine } from '../setup/command-line.ts';

const cryptKeys = ['0123456789abcdef0123456789ABCDEF'];
const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

async function attach({ line, prefix = '', customers = 0 }: MagentoOptions): Promise<boolean> {
  const magento = await magentoDatabase({ line, prefix, customers });
  const commands = [];
  try {
    const before = await dump(magento);
    let began = performance.now();
    const environment = { databaseUrl: magento.url, tablePrefix: prefix, cryptKeys };
    const cli = await openCommandLine(environment);
    commands.push(cli);
    console.log(`Magento ${line}, prefix "${prefix}", ${customers} customers: attached in ${seconds(began)}`);

    const installation = installationAt(new URL('../../server.ts', import.meta.url).href);
    const modules = await installation.load(await installation.enabled());
    const database = await connect({ url: magento.url, tablePrefix: prefix });
    const host = await createTestHost({ modules, database, environment: { cryptKeys, tablePrefix: prefix } });
    const { url, told } = await host.host.listen();
    const token = told.find(({ label }) => label === 'SCIM bearer token')?.value ?? '';
    began = performance.now();
    const { verdicts } = await runSuite({ areas, target: { base: `${url}/scim/v2`, token } });
    await host.close();
    await database.close();
    const failed = verdicts.filter(({ outcome }) => outcome === 'fail');
    console.log(`  ${verdicts.length} requirements in ${seconds(began)}, ${failed.length} not met`);
    for (const { id, says, reason } of failed) console.log(`  PROBLEM: ${id} ${says} ${reason}`);

    const p = prefix;
    await magento.run(
      `INSERT INTO ${p}customer_entity_varchar (attribute_id, entity_id, value) SELECT a.attribute_id, c.entity_id, 'x'
       FROM ${p}customer_entity c JOIN ${p}eav_attribute a ON a.attribute_code = 'job_title' WHERE c.entity_id <= ${customers}`,
    );
    began = performance.now();
    await cli.json('setup:detach', '--yes');
    console.log(`  detached in ${seconds(began)}, ${customers} values of an attribute made here among it`);
    // People that the suite made are the store's by now, and so is what it noted of them.
    const suites = /^rows of \w*(customer_|jwt_auth_revoked)/;
    const entries = (dumped: typeof before) => Object.entries(dumped).filter(([name]) => !suites.test(name));
    const left = entries(await dump(magento)).filter(([name, text]) => before[name] !== text);
    for (const [name] of left) console.log(`  PROBLEM: ${name} is not as it was`);
    return failed.length === 0 && left.length === 0;
  } finally {
    for (const cli of commands) await cli.close();
    await magento.dispose();
  }
}

/** Every requirement on Magento databases of both kinds, and nothing of this host in them afterwards. */
export async function attachCampaign(customers = 10_000): Promise<boolean> {
  const runs: readonly MagentoOptions[] = [
    { line: '2.4.6', customers },
    { line: '2.4.6', prefix: 'mg_', customers },
    { line: '2.4.8', customers },
    { line: '2.4.8', prefix: 'mg_', customers },
  ];
  let good = true;
  for (const options of runs) good = (await attach(options)) && good;
  return good;
}
