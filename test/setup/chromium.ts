import { canInstallPackages, findProgram, installPackages } from './apt.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

async function found(): Promise<string | undefined> {
  for (const name of names) {
    const path = await findProgram(name);
    if (path !== undefined) return path;
  }
  return undefined;
}

/** The browser's program, installed first where it is missing and that is possible. Says what to install otherwise. */
export async function chromiumProgram(): Promise<string> {
  const given = process.env.TEST_CHROMIUM;
  if (given !== undefined && given !== '') return given;
  const present = await found();
  if (present !== undefined) return present;
  let said = '';
  if (await canInstallPackages()) {
    console.error('Chromium is missing; installing it with apt-get (once) …');
    try {
      await installPackages('chromium');
    } catch (error) {
      said = ` (${error instanceof Error ? error.message : String(error)})`;
    }
    const installed = await found();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    `The administration is tested in a browser, and there is none${said}: install chromium (apt-get install chromium, ` +
      'brew install --cask chromium), or set TEST_CHROMIUM=/path/to/it',
  );
}
