// The Data Integrity suites of Digital Bazaar, and keys for them as did:key.

import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {driver} from '@digitalbazaar/did-method-key';
import * as ecdsaJcs2019 from '@digitalbazaar/ecdsa-jcs-2019-cryptosuite';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import {cryptosuite as ecdsaRdfc2019} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import * as ecdsaSd2023 from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import * as eddsaJcs2022 from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import {cryptosuite as eddsaRdfc2022} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';

export const didKey = driver();
didKey.use({multibaseMultikeyHeader: 'z6Mk', fromMultibase: Ed25519Multikey.from});
didKey.use({multibaseMultikeyHeader: 'zDna', fromMultibase: EcdsaMultikey.from});
didKey.use({multibaseMultikeyHeader: 'z82L', fromMultibase: EcdsaMultikey.from});

// Every suite; the proof decides which one looks at it. `base`: whether proofs of ecdsa-sd-2023 are the issuer's.
export function verifying({base}) {
  const {createConfirmCryptosuite, createVerifyCryptosuite} = ecdsaSd2023;
  const cryptosuites = [
    eddsaRdfc2022, eddsaJcs2022.createVerifyCryptosuite(),
    ecdsaRdfc2019, ecdsaJcs2019.createVerifyCryptosuite(),
    base ? createConfirmCryptosuite() : createVerifyCryptosuite()
  ];
  return [
    ...cryptosuites.map(cryptosuite => new DataIntegrityProof({cryptosuite})), new Ed25519Signature2020()
  ];
}

// The suite that signs with a key; `mandatory` counts for ecdsa-sd-2023 only.
export function signing(name, {signer, date, mandatory}) {
  if(name === 'Ed25519Signature2020') {
    return new Ed25519Signature2020({signer, date});
  }
  const cryptosuite = {
    'eddsa-rdfc-2022': () => eddsaRdfc2022,
    'eddsa-jcs-2022': eddsaJcs2022.createSignCryptosuite,
    'ecdsa-rdfc-2019': () => ecdsaRdfc2019,
    'ecdsa-jcs-2019': ecdsaJcs2019.createSignCryptosuite,
    'ecdsa-sd-2023': () => ecdsaSd2023.createSignCryptosuite({mandatoryPointers: mandatory})
  }[name]();
  return new DataIntegrityProof({signer, date, cryptosuite});
}

// The suite with which a holder derives what is shown.
export function deriving(selectivePointers) {
  return new DataIntegrityProof({cryptosuite: ecdsaSd2023.createDiscloseCryptosuite({selectivePointers})});
}

// A new key, whose did:key is its controller.
export async function newKey(kind) {
  const key = kind === 'Ed25519' ?
    await Ed25519Multikey.generate() : await EcdsaMultikey.generate({curve: kind});
  const {didDocument} = await didKey.fromKeyPair({verificationKeyPair: key});
  key.id = didDocument.assertionMethod[0];
  key.controller = didDocument.id;
  return key;
}
