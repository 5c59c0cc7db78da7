import { deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import { SamlError } from '../../../modules/saml/error.ts';
import { decodeBase64 } from '../../../modules/saml/xml/base64.ts';
import { readXml } from '../../../modules/saml/xml/document.ts';
import { attribute, child, children, text } from '../../../modules/saml/xml/element.ts';
import { inflateMessage } from '../../../modules/saml/xml/inflate.ts';
import { readInstant } from '../../../modules/saml/xml/instant.ts';
import type { XmlLimits } from '../../../modules/saml/xml/limits.ts';

const nested = (depth: number): string => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;

/** The code of the refusal, or `read`. */
function outcome(xml: string, limits?: Partial<XmlLimits>): string {
  try {
    readXml(xml, limits);
    return 'read';
  } catch (error) {
    if (error instanceof SamlError) return error.code;
    throw error;
  }
}

describe('strict reading of XML', () => {
  it('reads up to its limits and no further', () => {
    expect(outcome(nested(64))).to.equal('read');
    expect(outcome(nested(65))).to.equal('SAML_MESSAGE_INVALID');
    const wide = (elements: number): string => `<r>${'<a/>'.repeat(elements - 1)}</r>`;
    expect(outcome(wide(4096))).to.equal('read');
    expect(outcome(wide(4097))).to.equal('SAML_MESSAGE_INVALID');
    const long = (bytes: number): string => `<r>${'é'.repeat((bytes - 7) / 2)}</r>`;
    expect(outcome(long(1001), { maxBytes: 1001 })).to.equal('read');
    expect(outcome(long(1003), { maxBytes: 1001 })).to.equal('SAML_MESSAGE_INVALID');
  });

  it('reads what identity providers write', () => {
    const { root } = readXml(
      '<?xml version="1.0" encoding="utf-8"?>\r\n<a:r xmlns:a="urn:a" b = \'&quot;"\' >&amp;&#x41;\r\n<a:c/ ></a:r>'.replace(
        '/ >',
        '/>',
      ),
    );
    expect(attribute(root, 'b')).to.equal('""');
    expect(root.textContent).to.equal('&A\n');
    expect(children(root, 'urn:a', 'c')).to.have.length(1);
    expect(child(root, 'urn:other', 'c')).to.equal(undefined);
  });

  it('takes comments only where they are allowed, and in no text at all', () => {
    expect(outcome('<r><!-- a --></r>')).to.equal('SAML_MESSAGE_INVALID');
    expect(outcome('<!-- a --><r/>', { comments: 'allow' })).to.equal('read');
    for (const comment of ['<!-- a -- b -->', '<!-- a --->', '<!-->', '<!-- a'])
      expect(outcome(`<r>${comment}</r>`, { comments: 'allow' }), comment).to.equal('SAML_MESSAGE_INVALID');
    const { root } = readXml('<r>ada<!-- -->@example.com</r>', { comments: 'allow' });
    expect(() => text(root))
      .to.throw(SamlError)
      .with.property('point', 11);
  });

  it('finds 20,000 elements in each other too deep at the 65th, before a parser sees any', () => {
    expect(() => readXml(`${nested(20_000)}<`)).to.throw('deeper than 64');
  });

  it('names every element by one ID', () => {
    expect(outcome('<r ID="a"><c Id="b"/></r>')).to.equal('read');
    for (const name of ['ID', 'Id', 'id', 'x:ID', 'xml:id'])
      expect(outcome(`<r ID="a" xmlns:x="urn:x"><c ${name}="a"/></r>`), name).to.equal('SAML_STRUCTURE');
  });
});

describe('base64 of a message', () => {
  it('is read with line breaks, exactly', () => {
    expect(decodeBase64('YWRh\r\n IGxv\tdmVsYWNl\n', 100).toString()).to.equal('ada lovelace');
    expect(decodeBase64('YQ==', 1).toString()).to.equal('a');
  });
  it('is refused where two readers could differ', () => {
    for (const wrong of ['', 'YQ', 'YQ=', 'YQ===', 'YR==', 'Y-_=', 'YQ==YQ==', 'YWRh!', 'YW\u00a0Rh'])
      expect(() => decodeBase64(wrong, 100), wrong).to.throw(SamlError);
    expect(() => decodeBase64('YWI=', 1)).to.throw(SamlError);
  });
});

describe('deflated messages', () => {
  it('become 64 KiB at most', async () => {
    const inflated = async (bytes: Buffer): Promise<number | string> =>
      inflateMessage(bytes).then(
        (read) => read.length,
        (error: SamlError) => error.code,
      );
    expect(await inflated(deflateRawSync(Buffer.alloc(65_536)))).to.equal(65_536);
    expect(await inflated(deflateRawSync(Buffer.alloc(65_537)))).to.equal('SAML_MESSAGE_INVALID');
    expect(await inflated(deflateRawSync(Buffer.alloc(50_000_000)))).to.equal('SAML_MESSAGE_INVALID');
    expect(await inflated(Buffer.from('no DEFLATE'))).to.equal('SAML_MESSAGE_INVALID');
  });
});

describe('times', () => {
  it('are UTC where they do not say otherwise', () => {
    for (const same of [
      '2024-05-06T12:00:00Z',
      '2024-05-06T12:00:00',
      '2024-05-06T14:00:00.0000000+02:00',
      ' 2024-05-06T12:00:00.000Z ',
    ])
      expect(readInstant(same, 'x').toISOString(), same).to.equal('2024-05-06T12:00:00.000Z');
  });
  it('are refused in any other notation', () => {
    for (const wrong of [
      '',
      'today',
      '2024-05-06',
      '1715000000',
      '2024-13-06T12:00:00Z',
      'Mon, 06 May 2024 12:00:00 GMT',
    ])
      expect(() => readInstant(wrong, 'x'), wrong).to.throw(SamlError);
  });
});
