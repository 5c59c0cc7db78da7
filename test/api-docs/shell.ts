import { spawn, spawnSync } from 'node:child_process';

/** What came back for a line of the documentation. */
export interface ShellAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

type Variables = Readonly<Record<string, string>>;

const hasCurl = spawnSync('curl', ['--version'], { stdio: 'ignore' }).status === 0;

/** A curl line as the documentation shows it, run with these variables and no others of ours. */
export const runLine = (line: string, variables: Variables): Promise<ShellAnswer> =>
  hasCurl ? inShell(line, variables) : withoutCurl(line, variables);

function inShell(line: string, variables: Variables): Promise<ShellAnswer> {
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

/** The words of a line as a shell takes them apart, as far as our lines go. */
export function wordsOf(line: string, variables: Variables): readonly string[] {
  const words: string[] = [];
  const part = /\s*\\\n\s*|(\s+)|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)/gy;
  let word: string | undefined;
  for (const [, , single, double, escaped, bare] of line.matchAll(part)) {
    const text = single ?? escaped ?? (double ?? bare)?.replace(/\$(\w+)/g, (_, name: string) => variables[name] ?? '');
    if (text !== undefined) word = (word ?? '') + text;
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}

/** What the line says to do, done without curl: a machine may have none. */
async function withoutCurl(line: string, variables: Variables): Promise<ShellAnswer> {
  const [, ...words] = wordsOf(line, variables);
  const headers = new Headers();
  const fields = new URLSearchParams();
  let [method, url] = ['GET', ''];
  let body: string | undefined;
  for (let at = 0; at < words.length; at++) {
    const [word = '', next = ''] = words.slice(at, at + 2);
    if (!word.startsWith('-')) url = word;
    else if (word !== '-sS') {
      at++;
      if (word === '-X') method = next;
      else if (word === '-H')
        headers.append(next.slice(0, next.indexOf(':')), next.slice(next.indexOf(':') + 1).trim());
      else if (word === '--data') body = next;
      else fields.append(next.slice(0, next.indexOf('=')), next.slice(next.indexOf('=') + 1));
    }
  }
  const sent = fields.size > 0 ? fields : body;
  const answer = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    ...(sent === undefined ? {} : { body: sent }),
  });
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() };
}
