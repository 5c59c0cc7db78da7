import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openCsv } from '../../modules/transfer/file/csv.ts';
import { openJsonLines } from '../../modules/transfer/file/json-lines.ts';
import { recordsOf, type SourceRecord } from '../../modules/transfer/file/row.ts';
import { surveyFile } from '../../modules/transfer/file/survey.ts';
import { TransferError } from '../../modules/transfer/transfer-error.ts';

describe('files of customers', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vestibule-files-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function read(content: string | Buffer, name = 'customers.csv') {
    const path = join(folder, name);
    await writeFile(path, content);
    const survey = await surveyFile(path);
    const file = survey.format === 'csv' ? await openCsv(survey) : openJsonLines(survey);
    const records: SourceRecord[] = [];
    for await (const record of recordsOf(file.rows)) records.push(record);
    return { survey, columns: file.columns, records, bytes: file.bytesRead() };
  }
  const cells = ({ rows }: SourceRecord) => rows.map((row) => Object.fromEntries(row.cells));
  async function refused(content: string | Buffer): Promise<TransferError> {
    try {
      await read(content);
    } catch (error) {
      if (error instanceof TransferError) return error;
      throw error;
    }
    throw new Error('The file was read.');
  }

  for (const [what, delimiter, end, mark] of [
    ['commas and LF', ',', '\n', ''],
    ['semicolons, CR LF and a byte order mark, as Excel saves it', ';', '\r\n', '\ufeff'],
    ['tabs and CR', '\t', '\r', ''],
  ] as const)
    it(`reads a CSV with ${what}`, async () => {
      const rows = [
        ['"email"', '"first;na,me"', 'remark'],
        ['ada@example.com', '"Ada, ""the; first"""', `"two${end}lines"`],
        ['', '', ''],
        ['bob@example.com', "'+1", '__EMPTY__VALUE__'],
      ];
      const { columns, records, survey, bytes } = await read(mark + rows.map((row) => row.join(delimiter)).join(end));
      expect(columns).to.deep.equal(['email', 'first;na,me', 'remark']);
      expect(records.map(cells)).to.deep.equal([
        [{ email: 'ada@example.com', 'first;na,me': 'Ada, "the; first"', remark: `two${end}lines` }],
        [{ email: 'bob@example.com', 'first;na,me': '+1', remark: null }],
      ]);
      expect(records.map(({ line, number }) => [line, number])).to.deep.equal([
        [2, 1],
        [5, 2],
      ]);
      expect(bytes).to.equal(survey.bytes);
    });

  it('puts rows without an e-mail below the customer above them', async () => {
    const { records } = await read('email,_address_city\n,Nowhere\na@x.y,Paris\n,Rome\n,Oslo\nb@x.y,\n');
    expect(records.map(({ orphaned, rows }) => [orphaned, rows.map(({ line }) => line)])).to.deep.equal([
      [true, [2]],
      [false, [3, 4, 5]],
      [false, [6]],
    ]);
  });

  it('says of a row with too few cells which it is, and reads on', async () => {
    const { records } = await read('email,firstname\na@x.y\nb@x.y,Bob\n');
    expect(records[0]?.rows[0]?.fault).to.match(/^The row has 1 cells, and the first line 2\./);
    expect(records.map(({ line }) => line)).to.deep.equal([2, 3]);
    expect(cells(records[1] as SourceRecord)).to.deep.equal([{ email: 'b@x.y', firstname: 'Bob' }]);
  });

  it('reads JSON lines, addresses as a list and null as nothing', async () => {
    const line = { email: 'a@x.y', vip: true, likes: ['Tea', 'A,B'], dob: null, n: 5 };
    const addresses = [{ city: 'Paris', default_billing: true, default_shipping: false }];
    const { records, survey } = await read(
      `\ufeff${JSON.stringify({ ...line, addresses })}\r\n\n{"firstname":"Bob"}\n[1]\n{"email":\n`,
      'customers.jsonl',
    );
    expect(survey.format).to.equal('jsonl');
    expect(records.map(cells)).to.deep.equal([
      [
        { email: 'a@x.y', vip: '1', likes: 'Tea,"A,B"', dob: null, n: '5' },
        { _address_city: 'Paris', _address_default_billing_: '1', _address_default_shipping_: '0' },
      ],
      [{ firstname: 'Bob' }],
      [{}],
      [{}],
    ]);
    expect(records.map(({ line, rows }) => [line, rows[0]?.fault?.slice(0, 22)])).to.deep.equal([
      [1, undefined],
      [3, undefined],
      [4, 'The line is no JSON ob'],
      [5, 'The line is no JSON: U'],
    ]);
  });

  it('refuses, with the cure, what is not UTF-8', async () => {
    expect((await refused(Buffer.from('email,firstname\na@x.y,Jos\xe9\n', 'latin1'))).message).to.match(
      /is not UTF-8\. What stands in line 2 is no UTF-8\. Save it as "CSV UTF-8"/,
    );
    expect(await refused(Buffer.from('\ufeffemail', 'utf16le'))).to.include({ code: 'FILE_ENCODING' });
  });

  it('refuses, naming the line, what nobody can part into rows', async () => {
    expect((await refused(`email,firstname\na@x.y,Ada\nb@x.y,"Bob\n${'c@x.y,C\n'.repeat(20)}`)).message).to.match(
      /a quotation mark is opened and never closed\. Correct the file/,
    );
    expect((await refused('email,firstname\na@x.y,A"da\n')).message).to.match(
      /^Line 2: a quotation mark stands inside/,
    );
    expect(await refused(`email,firstname\na@x.y,"${'x'.repeat(1_000_001)}"\n`)).to.include({ code: 'FILE_MALFORMED' });
    expect((await refused('email,email\na@x.y,b@x.y\n')).message).to.match(/The column "email" stands twice/);
    expect((await refused('email,,a\n1,2,3\n')).message).to.match(/^Column 2 of .* has no name/);
    expect(await refused('\n \n')).to.include({ code: 'FILE_EMPTY' });
    expect(await surveyFile(join(folder, 'nowhere')).catch((error: unknown) => error)).to.include({
      code: 'FILE_UNREADABLE',
    });
  });
});
