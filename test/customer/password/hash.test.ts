import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { makePasswords } from '../../../modules/customer/password/passwords.ts';
import { weaknessesOf } from '../../../modules/customer/password/policy.ts';
import { createEncryptor } from '../../../modules/framework/index.ts';
import { digestOf, hashPassword, parseHash } from '../../../modules/framework/secret/password-hash.ts';

/** Hashes made by Magento's own code. */
const vectors = JSON.parse(readFileSync(new URL('../data/password-vectors.json', import.meta.url), 'utf8')) as {
  password: string;
  keyed_hmac_no_salt: { cryptKey: string; hash: string };
} & Record<string, string>;
const { password, keyed_hmac_no_salt: keyed, ...hashes } = vectors;

const config = { get: () => Promise.reject(new Error('no configuration is needed to compare')) };
const events = { emit: () => Promise.reject(new Error('nothing happens where passwords are compared')) };
const passwords = makePasswords(createEncryptor([keyed.cryptKey]), config, events);

describe("Magento's password hashes", () => {
  it('are six kinds with a salt, all of them in the data', () => {
    expect(Object.keys(hashes)).to.have.length(6);
  });
  for (const [kind, stored] of Object.entries(hashes)) {
    it(`match the password and no other: ${kind}`, async () => {
      expect(await passwords.matches(stored, password)).to.equal(true);
      expect(await passwords.matches(stored, `${password} `)).to.equal(false);
      expect(
        await passwords.matches(
          stored.replace(/^./, (c) => (c === '0' ? '1' : '0')),
          password,
        ),
      ).to.equal(false);
    });
  }

  it('without a salt are an HMAC with the newest key', async () => {
    expect(await passwords.matches(keyed.hash, password)).to.equal(true);
    expect(await passwords.matches(keyed.hash, 'other')).to.equal(false);
    const newer = makePasswords(createEncryptor([keyed.cryptKey, 'Z'.repeat(32)]), config, events);
    expect(await newer.matches(keyed.hash, password)).to.equal(false);
  });

  it('are written in the newest form, each with a salt of its own', async () => {
    const [one, two] = [await hashPassword(password), await hashPassword(password)];
    expect(one).to.match(/^[0-9a-f]{64}:[a-zA-Z0-9]{32}:3_32_2_67108864$/);
    expect(one).to.not.equal(two);
    expect(one.length).to.be.at.most(128);
    expect(await passwords.matches(one, password)).to.equal(true);
    expect(parseHash(one)?.outdated).to.equal(false);
  });

  it('of an older or chained version are outdated', () => {
    for (const kind of ['md5', 'sha256', 'argon2id_v2', 'upgraded_1_3']) {
      expect(parseHash(hashes[kind] ?? '')?.outdated, kind).to.equal(true);
    }
  });

  const senseless = [
    '',
    'x',
    ':',
    '::',
    'a:b:9',
    'a:b:3_32_2',
    'a:b:3_32_2_99999999999',
    'a:b:3_32_900_67108864',
    'a::1',
  ];
  for (const stored of [...senseless, ':b:1']) {
    it(`that make no sense match nothing: ${JSON.stringify(stored)}`, async () => {
      expect(await passwords.matches(stored, '')).to.equal(false);
      expect(await passwords.matches(stored, password)).to.equal(false);
    });
  }

  it('match nothing where no password is set', async () => {
    expect(await passwords.matches(null, '')).to.equal(false);
  });

  it('chain by the hex digest of the step before', async () => {
    const chain = parseHash('0:salt:0:1');
    const first = parseHash('0:salt:0');
    const second = parseHash('0:salt:1');
    if (chain === undefined || first === undefined || second === undefined) throw new Error('these parse');
    expect(await digestOf(chain, 'p')).to.equal(await digestOf(second, await digestOf(first, 'p')));
  });
});

describe('The password policy', () => {
  const policy = { minimumLength: 8, characterClasses: 3 };
  const count = (text: string, email: string | null = null) => weaknessesOf(text, email, policy).length;
  it('takes three kinds of characters in eight', () => {
    expect(count('Abcdefg1')).to.equal(0);
    expect(count('abc-ABC-')).to.equal(0);
    expect(count('Äbcdefg1')).to.equal(0);
  });
  it('names everything that is wrong', () => {
    expect(count('abc')).to.equal(2);
    expect(count('abcdefgh')).to.equal(1);
    expect(count(' Abcdefg1')).to.equal(1);
    expect(count(`Aa1${'x'.repeat(254)}`)).to.equal(1);
    expect(count('Ada.1@Example.com', 'ada.1@example.COM')).to.equal(1);
  });
  it('never repeats the password', () => {
    expect(weaknessesOf(' secret', 'a@b.c', policy).join(' ')).to.not.contain('secret');
  });
});
