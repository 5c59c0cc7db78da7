import { createHash, type KeyObject, sign } from 'node:crypto';
import forge from 'node-forge';

const { asn1 } = forge;
const { Class, Type } = asn1;

/** Curves by OpenSSL's names; the last two are none that may verify. */
export type EcCurve = 'prime256v1' | 'secp384r1' | 'secp521r1' | 'secp224r1' | 'secp256k1';

type Node = forge.asn1.Asn1;
const made = (type: forge.asn1.Type, value: string | Node[]): Node =>
  asn1.create(Class.UNIVERSAL, type, typeof value !== 'string', value);
const sequence = (...content: Node[]): Node => made(Type.SEQUENCE, content);
const bits = (der: Buffer): Node => made(Type.BITSTRING, `\0${der.toString('latin1')}`);
const time = (year: number): Node => made(Type.GENERALIZEDTIME, `${year}0101000000Z`);
const oid = (text: string): Node => made(Type.OID, asn1.oidToDer(text).getBytes());

/** A self-signed certificate around an EC key, which node-forge can't make. PEM. */
export function certifyEc(name: string, privateKey: KeyObject, publicKey: KeyObject): string {
  const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));
  const commonName = sequence(made(Type.SET, [sequence(oid('2.5.4.3'), made(Type.UTF8, name))]));
  const serial = `\u0001${createHash('sha256').update(name).digest().toString('latin1', 0, 8)}`;
  const body = sequence(
    made(Type.INTEGER, serial),
    ecdsaWithSha256,
    commonName,
    sequence(time(2020), time(2040)),
    commonName,
    asn1.fromDer(publicKey.export({ type: 'spki', format: 'der' }).toString('latin1')),
  );
  const signature = sign('sha256', Buffer.from(asn1.toDer(body).getBytes(), 'latin1'), privateKey);
  const der = Buffer.from(asn1.toDer(sequence(body, ecdsaWithSha256, bits(signature))).getBytes(), 'latin1');
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
