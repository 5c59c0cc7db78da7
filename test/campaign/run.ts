import { activityCampaign } from './activity.ts';
import { attachCampaign } from './attach.ts';
import { browser } from './browser.ts';
import { captureCampaign } from './capture.ts';
import { filters } from './filters.ts';
import { guardCampaign } from './guard.ts';
import { guides } from './guides.ts';
import { impactCampaign } from './impact.ts';
import { kill } from './kill.ts';
import { mapping } from './mapping.ts';
import { packageCampaign } from './package.ts';
import { pagesCampaign } from './pages.ts';
import { pictures } from './pictures.ts';
import { properties } from './properties.ts';
import { replicasCampaign } from './replicas.ts';
import { samlCampaign } from './saml.ts';
import { transferCampaign } from './transfer.ts';
import { webhooksCampaign } from './webhooks.ts';

/** `npm run campaign -- <name> [rounds]`: what takes too long for `npm test`. Each prints what it did and what it found. */
const campaigns: Readonly<Record<string, { describe: string; run: (rounds: number | undefined) => Promise<boolean> }>> =
  {
    activity: {
      describe:
        'reports, a walk, activity:verify and a purge over a million records: rows read, memory, time; and tampering',
      run: activityCampaign,
    },
    attach: {
      describe:
        'live Magento databases of 2.4.6 and 2.4.8 with 10,000 customers: the RFCs there, and what a detach leaves',
      run: attachCampaign,
    },
    browser: {
      describe: 'every page of the administration: 1280 and 390 pixels, light and dark, with and without scripts',
      run: browser,
    },
    capture: {
      describe:
        'random SQL past the host (100,000 writes): what is told is the difference of snapshots, on both engines',
      run: captureCampaign,
    },
    filters: {
      describe: 'random filters, sorts and walks: the same on SQLite, MariaDB and the reference interpreter (100,000)',
      run: filters,
    },
    guard: {
      describe:
        'ordinary days of companies on which the guard must hold nothing (10,000 on each engine), and disasters that it must stop',
      run: guardCampaign,
    },
    guides: {
      describe: 'docs/identity-providers anew, of the Setup Guide that the product shows',
      run: guides,
    },
    impact: {
      describe: 'mapping:impact and mapping:apply over linked customers (100,000): memory and rate on both engines',
      run: impactCampaign,
    },
    kill: {
      describe: 'kill -9 of the server under load: what was acknowledged is there, nothing is half-done',
      run: kill,
    },
    mapping: {
      describe: 'what the mapping of a preset costs a request: µs of CPU there and back, beside JSON (20,000 calls)',
      run: mapping,
    },
    package: {
      describe: 'a module outside the project: published types, a package that is compiled, tested and installed',
      run: packageCampaign,
    },
    pages: {
      describe: 'every page of the administration at 1,000 and at 1,000,000 customers: statements, rows read, time',
      run: pagesCampaign,
    },
    pictures: {
      describe:
        'the pictures of the README and the guides anew; PICTURES=<folder>: every page, 1280 and 390 pixels, light and dark',
      run: pictures,
    },
    properties: {
      describe: 'the property tests with 200 times as many random inputs, and every planted fault',
      run: properties,
    },
    replicas: {
      describe: 'rolling restarts (30) of three servers under load: nothing is lost, told twice or answered wrongly',
      run: replicasCampaign,
    },
    saml: {
      describe: 'mutations of signed SAML responses (100,000): none is accepted with another content',
      run: samlCampaign,
    },
    webhooks: {
      describe:
        'changes (100,000) told to ten receivers, three of which fail, with kill -9 every 10 s: none lost, in order',
      run: webhooksCampaign,
    },
    transfer: {
      describe: 'customer:import under kill -9 and customer:export (100,000), the heap limited: rate and memory',
      run: transferCampaign,
    },
  };

const [name = '', rounds] = process.argv.slice(2);
const campaign = campaigns[name];
if (!campaign) {
  console.error(
    `Name a campaign: ${Object.entries(campaigns).map(([known, { describe }]) => `\n  ${known.padEnd(12)} ${describe}`)}`,
  );
  process.exitCode = 2;
} else process.exitCode = (await campaign.run(rounds === undefined ? undefined : Number(rounds))) ? 0 : 1;
