import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/usr/bin'];

/** The full path of a program, looked for in PATH and the system folders; undefined when there is none. */
export async function findProgram(name: string): Promise<string | undefined> {
  for (const folder of folders) {
    const path = join(folder, name);
    const found = await access(path).then(
      () => true,
      () => false,
    );
    if (found) return path;
  }
  return undefined;
}

/** True where `installPackages` can work: a Debian or Ubuntu on which we are root. */
export async function canInstallPackages(): Promise<boolean> {
  return process.getuid?.() === 0 && (await findProgram('apt-get')) !== undefined;
}

/** Installs Debian packages, waiting for another apt to end. Rejects with what apt said last. */
export async function installPackages(...names: readonly string[]): Promise<void> {
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  await apt([...wait, 'update']);
  await apt([...wait, 'install', '-y', '--no-install-recommends', ...names]);
}

function apt(parameters: readonly string[]): Promise<void> {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return new Promise((resolve, reject) => {
    execFile('apt-get', parameters, { env: environment, maxBuffer: 64 * 1024 * 1024 }, (error, _out, said) => {
      if (error === null) return resolve();
      reject(new Error(`apt-get ${parameters.at(-1)} failed: ${said.trim().split('\n').at(-1) ?? error.message}`));
    });
  });
}
