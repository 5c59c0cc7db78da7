import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A program of its own that evaluates one expression and never stops anything. */
const program = `
  const { createExpressions } = await import('./modules/attribute-mapping/expression/create-expressions.ts');
  const expressions = createExpressions({ deadline: async () => 10000 });
  const { row } = await expressions.evaluate([{ id: 'row', expression: 'userName & "!"' }], { userName: 'anna' });
  process.stdout.write(row);
`;

describe('the process of expressions', function () {
  this.timeout(60_000);

  it('lets a program end that forgot to stop it', async () => {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', program],
      { cwd: root, timeout: 50_000 },
    );
    expect({ stdout, stderr }).to.deep.equal({ stdout: 'anna!', stderr: '' });
  });
});
