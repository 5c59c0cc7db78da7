import { readdir, rm, writeFile } from 'node:fs/promises';
import { GuideParts } from '../../modules/connection/index.ts';
import { createTestHost, installationAt } from '../../modules/framework/index.ts';
import { identityProviderPages } from '../docs/identity-providers/page.ts';

const folder = new URL('../../docs/identity-providers/', import.meta.url);

/** Writes docs/identity-providers anew, of what every module of the installation brings to the Setup Guide. */
export async function guides(): Promise<boolean> {
  const installation = installationAt(new URL('../../server.ts', import.meta.url).href);
  const host = await createTestHost({ modules: await installation.load(await installation.enabled()) });
  const pages = identityProviderPages(host.resolve(GuideParts));
  await host.close();
  for (const file of await readdir(folder)) if (file.endsWith('.md')) await rm(new URL(file, folder));
  for (const { file, text } of pages) {
    await writeFile(new URL(file, folder), text);
    console.log(`docs/identity-providers/${file}  ${text.split('\n').length - 1} lines`);
  }
  return true;
}
