import { expect } from 'chai';
import { SamlError } from '../../../modules/saml/index.ts';
import { type MetadataQuestion, mostMetadataBytes, readMetadata } from '../../../modules/saml/metadata/read.ts';
import { identity } from '../idp/identity.ts';
import { signed, usualSignature } from '../idp/sign.ts';
import { descriptorKey, entitiesDescriptor, entityDescriptor, samlp } from './idp-document.ts';
import { shapes } from './shapes.ts';

const now = new Date('2026-05-06T12:00:00Z');
const read = (xml: string, question: Partial<MetadataQuestion> = {}) =>
  readMetadata(xml, { now, baseUrl: 'https://id.shop.example', ...question });
const refusalOf = (xml: string, question: Partial<MetadataQuestion> = {}): string => {
  try {
    read(xml, question);
  } catch (error) {
    if (error instanceof SamlError && error.code === 'SAML_METADATA_INVALID') return error.message;
    throw error;
  }
  throw new Error('it was not refused');
};

describe("An identity provider's metadata", () => {
  for (const { product, xml, facts } of shapes)
    it(`is understood as ${product} writes it`, () => {
      const reading = read(xml);
      expect(reading.facts).to.deep.include(facts);
      expect(reading.certificates.map(({ fingerprint }) => fingerprint)).to.deep.equal([
        identity('idp').trusted.fingerprint,
      ]);
      expect(reading).to.deep.include({ signedBy: null, notes: [] });
    });

  it('may list several certificates, each once, and those that are of no use are told', () => {
    const [one, two] = [identity('idp').certificate, identity('idp next').certificate];
    const weak = identity('weak', 1024).certificate;
    const { certificates, notes } = read(entityDescriptor({ certificates: [one, two, one, weak, 'AAAA'] }));
    expect(certificates.map(({ fingerprint }) => fingerprint)).to.deep.equal([
      identity('idp').trusted.fingerprint,
      identity('idp next').trusted.fingerprint,
    ]);
    expect(notes).to.have.length(2);
    expect(notes[0]).to.contain('1024 bits');
    expect(notes[1]).to.contain('no X.509 certificate');
    const [p256, koblitz] = [identity('ec', 'prime256v1'), identity('ec', 'secp256k1')];
    const curves = read(entityDescriptor({ certificates: [p256.certificate, koblitz.certificate] }));
    expect(curves.certificates.map(({ fingerprint }) => fingerprint)).to.deep.equal([p256.trusted.fingerprint]);
    expect(curves.notes.join()).to.contain('secp256k1').and.contain('EC on P-256, P-384 or P-521');
  });

  it('is not believed for a comment in a certificate, and never reads half of it', () => {
    const xml = entityDescriptor().replace('<ds:X509Certificate>', '<ds:X509Certificate>AA<!-- x -->');
    expect(refusalOf(xml)).to.contain('no certificate');
  });

  const two = entitiesDescriptor(entityDescriptor({ entityId: 'https://one' }), entityDescriptor({ entityId: 'two' }));
  it('may hold several identity providers, of which one has to be named', () => {
    expect(refusalOf(two)).to.contain('2 identity providers').and.contain('"https://one", "two"');
    expect(read(two, { entityId: 'two' }).facts.entityId).to.equal('two');
    expect(refusalOf(two, { entityId: 'three' })).to.contain('not about "three"');
    const twice = entitiesDescriptor(entityDescriptor(), entityDescriptor({ sso: 'https://evil.example/' }));
    expect(refusalOf(twice, { entityId: 'https://idp.example/entity' })).to.contain('2 times');
  });

  it('is good until its earliest end, wherever that stands', () => {
    const until = (time: string) => ` validUntil="${time}"`;
    const nested = entitiesDescriptor(
      entityDescriptor({ root: until('2026-05-08T00:00:00Z'), role: until('2026-05-07T00:00:00Z') }),
    );
    expect(read(nested).facts.validUntil).to.equal('2026-05-07T00:00:00.000Z');
    const past = nested.replace('<md:EntitiesDescriptor', `<md:EntitiesDescriptor${until('2026-05-06T12:00:00Z')}`);
    expect(refusalOf(past)).to.contain('was valid until 2026-05-06T12:00:00.000Z');
    expect(refusalOf(entityDescriptor({ root: until('soon') }))).to.contain('"soon"');
  });

  for (const [what, xml, words] of [
    ['nothing', '', 'has no element'],
    ['a web page', '\n<!DOCTYPE html><html><body>Log in</body></html>', 'This is a web page'],
    ['half a document', entityDescriptor().slice(0, -30), 'Download the metadata again'],
    ['a document type', `<!DOCTYPE x [<!ENTITY e "x">]>${entityDescriptor()}`, 'document type'],
    ['another document', '<rss version="2.0"/>', 'begins with <rss>'],
    ['another namespace', '<EntityDescriptor/>', 'no SAML metadata'],
    ['two equal IDs', entityDescriptor({ root: ' ID="_1"', role: ' ID="_1"' }), 'two elements with the ID'],
    ['a service provider', entityDescriptor().replaceAll('IDPSSODescriptor', 'SPSSODescriptor'), 'service provider'],
    ['SAML 1.1', entityDescriptor().replace(samlp, 'urn:oasis:names:tc:SAML:1.1:protocol'), 'does not speak SAML 2.0'],
    ['nobody', entitiesDescriptor(), 'no identity provider'],
    ['no entity ID', entityDescriptor({ entityId: '' }), 'entity ID'],
    ['no certificate', entityDescriptor({ certificates: [] }), 'no certificate'],
    [
      'only a certificate for encryption',
      entityDescriptor({ certificates: [], before: descriptorKey(identity('idp').certificate, ' use="encryption"') }),
      'no certificate',
    ],
    ['no login', entityDescriptor().replaceAll('SingleSignOnService', 'ManageNameIDService'), 'no address for logins'],
    ['a login by script', entityDescriptor({ sso: 'javascript:alert(1)' }), 'https://'],
    ['a login without TLS', entityDescriptor({ sso: 'http://idp.example/sso' }), 'https://'],
    ['a logout without TLS', entityDescriptor({ slo: 'http://idp.example/slo' }), 'https://'],
    ['a login with a password', entityDescriptor({ sso: 'https://a:b@idp.example/sso' }), 'user name'],
    ['too much', entityDescriptor() + ' '.repeat(mostMetadataBytes), 'longer than 1048576 bytes'],
  ] as const)
    it(`is refused where it is ${what}, with words that help`, () => {
      expect(refusalOf(xml)).to.contain(words);
    });

  describe('that is signed', () => {
    const idp = identity('idp');
    const plain = entityDescriptor({ root: ' ID="_m"' });
    const xml = signed(plain, 'EntityDescriptor', usualSignature(idp));

    it('is believed where a believed certificate has signed it', () => {
      expect(read(xml, { believed: [idp.trusted] }).signedBy).to.equal(idp.trusted.fingerprint);
      expect(read(xml)).to.deep.include({ signedBy: null, notes: [] });
      expect(read(plain, { believed: [idp.trusted] }).signedBy).to.equal(null);
      const many = entitiesDescriptor(xml, entityDescriptor({ entityId: 'two' }));
      expect(read(many, { believed: [idp.trusted], entityId: 'https://idp.example/entity' }).signedBy).to.equal(
        idp.trusted.fingerprint,
      );
    });

    it('by ECDSA is believed just so', () => {
      const ec = identity('ec', 'secp384r1');
      const by = (who: typeof ec) => signed(plain, 'EntityDescriptor', usualSignature(who));
      expect(read(by(ec), { believed: [idp.trusted, ec.trusted] }).signedBy).to.equal(ec.trusted.fingerprint);
      expect(read(by(identity('mallory', 'secp384r1')), { believed: [ec.trusted] }).signedBy).to.equal(null);
      const moved = by(ec).replaceAll('https://idp.example/sso', 'https://evil.example/sso');
      expect(read(moved, { believed: [ec.trusted] }).signedBy).to.equal(null);
    });

    it('is read all the same, but believed for nothing, where somebody else signed it or it was changed', () => {
      const foreign = read(signed(plain, 'EntityDescriptor', usualSignature(identity('mallory'))), {
        believed: [idp.trusted],
      });
      expect(foreign.signedBy).to.equal(null);
      expect(foreign.notes[0]).to.contain('is signed, but');
      const changed = read(xml.replaceAll('https://idp.example/sso', 'https://evil.example/sso'), {
        believed: [idp.trusted],
      });
      expect(changed).to.deep.include({ signedBy: null });
      expect(changed.facts.ssoUrls.redirect).to.equal('https://evil.example/sso');
    });

    it('is read as it was signed: a comment, which no signature covers, changes nothing', () => {
      const format = (text: string) => `<md:NameIDFormat>${text}</md:NameIDFormat>`;
      const withFormat = signed(
        entityDescriptor({ root: ' ID="_m"', before: format('urn:persistent') }),
        'EntityDescriptor',
        usualSignature(idp),
      );
      const commented = withFormat.replace(format('urn:persistent'), format('urn:<!-- x -->persistent'));
      const { signedBy, facts } = read(commented, { believed: [idp.trusted] });
      expect([signedBy, facts.nameIdFormats]).to.deep.equal([idp.trusted.fingerprint, ['urn:persistent']]);
      expect(refusalOf(commented)).to.contain('something in it that is no text');
    });

    it('is read inside the signature only: what was put around it says nothing', () => {
      const evil = entityDescriptor({ sso: 'https://evil.example/sso' }).replace('</md:EntityDescriptor>', '');
      const around = `${evil}${xml}</md:EntityDescriptor>`;
      const reading = read(around, { believed: [idp.trusted] });
      expect([reading.signedBy, reading.facts.ssoUrls.redirect]).to.not.deep.equal([
        idp.trusted.fingerprint,
        'https://evil.example/sso',
      ]);
    });
  });
});
