import { type KeyPair, type KeyPairs, rsaKeyPairs } from '../../../modules/saml/provider/key/key-pairs.ts';

/** Key pairs of tests: three real ones for the whole process, handed out in turn, because each costs a moment. */
const made: Promise<KeyPair>[] = [];
const most = 3;
let turn = 0;

export const fewKeyPairs: KeyPairs = {
  make(name, now, bits) {
    if (bits !== undefined && bits !== 2048) return rsaKeyPairs.make(name, now, bits);
    const index = turn++ % most;
    made[index] ??= rsaKeyPairs.make(name, now);
    return made[index];
  },
};
