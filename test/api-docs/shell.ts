import { spawn } from 'node:child_process';

/** What came back for a line of the documentation. */
export interface ShellAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** A curl line as the documentation shows it, run with these variables and no others of ours. */
export function runLine(line: string, variables: Readonly<Record<string, string>>): Promise<ShellAnswer> {
  const script = `set -u\nexec ${line} -w '\\n%{http_code} %{content_type}'`;
  const env = { PATH: process.env.PATH ?? '', no_proxy: '*', ...variables };
  const child = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'pipe'], env });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      const end = out.lastIndexOf('\n');
      const [status = '', type = ''] = out.slice(end + 1).split(/ (.*)/);
      if (code === 0) resolve({ status: Number(status), type, text: out.slice(0, end) });
      else reject(new Error(`exit ${code} of\n${line}\n${err}`));
    });
  });
}
