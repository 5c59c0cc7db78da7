import { expect } from 'chai';
import { readRecipient } from '../../modules/mail/index.ts';
import { isPlaceholder } from '../../modules/mail/message/address.ts';
import { composeMessage } from '../../modules/mail/message/message.ts';
import { header, part, type ReceivedMail } from './smtp-server.ts';

const parts = {
  from: { address: 'shop@shop.example', name: 'The Shop' },
  to: { address: 'ann@shop.example', name: 'Ann' },
  subject: 'Hello',
  html: '<p>Hello</p>',
  text: 'Hello',
  messageId: '1.2@shop.example',
  date: new Date('2024-05-06T12:00:00Z'),
};
const composed = async (changes: Partial<typeof parts> = {}): Promise<ReceivedMail> => ({
  from: '',
  to: [],
  raw: (await composeMessage({ ...parts, ...changes })).toString('utf8'),
  encrypted: false,
});
/** The names of the headers, in their order. */
const headers = ({ raw }: ReceivedMail): string[] =>
  raw
    .slice(0, raw.indexOf('\r\n\r\n'))
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => line.split(':')[0] ?? '');

describe('The message of a mail', () => {
  it('has the headers that it needs and no other, whatever its texts hold', async () => {
    const plain = headers(await composed());
    expect(plain).to.have.members([
      ...['From', 'To', 'Subject', 'Date', 'Message-ID', 'Auto-Submitted', 'MIME-Version', 'Content-Type'],
    ]);
    for (const evil of [
      'x\r\nBcc: evil@x.example',
      'x\nBcc: evil@x.example\n\nbody',
      'x\u2028Bcc: evil@x.example',
      'x\u0000\u0085\rBcc: evil@x.example',
      '"<evil@x.example>, x',
    ]) {
      const mail = await composed({
        subject: evil,
        to: { address: 'ann@shop.example', name: evil },
        from: { address: 'shop@shop.example', name: evil },
      });
      expect(headers(mail), JSON.stringify(evil)).to.deep.equal(plain);
      expect(header(mail, 'To')).to.match(/<ann@shop\.example>$/);
    }
  });

  it('shows one recipient and one sender, though the names look like others', async () => {
    const name = 'Ben <ben@x.example>, Cy';
    const mail = await composed({
      to: { address: 'ann@shop.example', name },
      from: { address: 'shop@shop.example', name },
    });
    expect(header(mail, 'To')).to.equal('"Ben <ben@x.example>, Cy" <ann@shop.example>');
    expect(header(mail, 'From')).to.equal('"Ben <ben@x.example>, Cy" <shop@shop.example>');
  });

  it('reads nothing from where its texts point to', async () => {
    for (const text of ['/etc/passwd', 'file:///etc/passwd', 'https://shop.example/']) {
      const mail = await composed({ text, html: `<img src="${text}">` });
      expect(part(mail, 'text/plain').trim()).to.equal(text);
      expect(mail.raw).not.to.contain('root:');
    }
  });

  it('keeps letters of all the world', async () => {
    const mail = await composed({ text: 'Grüße, 世界', subject: 'Grüße', to: { address: 'a@x.example', name: 'Zoë' } });
    expect(part(mail, 'text/plain').trim()).to.equal('Grüße, 世界');
    expect(header(mail, 'Subject')).to.equal('=?UTF-8?Q?Gr=C3=BC=C3=9Fe?=');
    expect(mail.raw).to.match(/^[\x20-\x7e\r\n\t]*$/);
  });
});

describe('The address of a mail', () => {
  it('is one mailbox and nothing else', () => {
    for (const address of ['ann@shop.example', "o'neil+x@shop.example", 'ann@[192.0.2.1]', '  ann@shop.example '])
      expect(readRecipient({ address })?.address, address).to.equal(address.trim());
    for (const address of [
      ...['', 'ann', '@shop.example', 'ann@', 'a@b@shop.example', 'ann@shop.example, ben@x.example'],
      ...[
        'ann@shop.example\r\nRCPT TO:<ben@x.example>',
        'Ann <ann@shop.example>',
        '"a b"@shop.example',
        'a b@x.example',
      ],
      ...[
        'ann@shop.example>',
        'ann@shop.example\u0000',
        'a\u0000b@shop.example',
        'a\u200bb@shop.example',
        `${'a'.repeat(65)}@x.example`,
        `a@${'b'.repeat(254)}.example`,
      ],
    ])
      expect(readRecipient({ address }), JSON.stringify(address)).to.equal(undefined);
  });

  it('has its domain in ASCII', () => {
    expect(readRecipient({ address: 'ann@bücher.example' })?.address).to.equal('ann@xn--bcher-kva.example');
  });

  it('is a placeholder in a domain that cannot exist', () => {
    for (const address of ['x@placeholder.invalid', 'x@okta.placeholder.invalid', 'x@INVALID', 'x@y.invalid.'])
      expect(isPlaceholder(address), address).to.equal(true);
    for (const address of ['x@invalid.example', 'invalid@shop.example', 'x@notinvalid'])
      expect(isPlaceholder(address), address).to.equal(false);
  });
});
