// A second opinion on SD-JWT, by a library of the OpenWallet Foundation, which shares no code with ours.
//
// Answers jobs as serving.mjs says. A job is one of
//
//   {"do": "issue", "claims", "concealed": frame, "typ", "alg"}    answer {"token"}
//   {"do": "holder"}                                               answer {"jwk"}, the holder's public key
//   {"do": "present", "token", "shown": frame, "binding": claims}  answer {"token"}, bound by the holder's key
//   {"do": "verify", "token", "jwk", "nonce", "now"}               answer {"claims", "binding"}
//
// The issuer's key is new each time, and its did:jwk becomes the issuer. The library leaves signatures to its
// caller: they are made by Node and verified by jose.

import {SDJwtInstance} from '@sd-jwt/core';
import {compactVerify, exportJWK, generateKeyPair, importJWK} from 'jose';
import {constants, createHash, randomBytes, sign} from 'node:crypto';
import {serve} from './serving.mjs';

const ecdsa = {dsaEncoding: 'ieee-p1363'};
const algorithms = {
  EdDSA: {hash: null},
  ES256: {hash: 'sha256', ...ecdsa},
  ES384: {hash: 'sha384', ...ecdsa},
  RS256: {hash: 'sha256', padding: constants.RSA_PKCS1_PADDING},
  PS256: {hash: 'sha256', padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32}
};
const common = {
  hasher: data => new Uint8Array(createHash('sha256').update(Buffer.from(data)).digest()),
  hashAlg: 'sha-256',
  saltGenerator: length => randomBytes(length).toString('base64url')
};
const holder = await generateKeyPair('ES256', {extractable: true});

function libraryWith(config) {
  return new SDJwtInstance({...common, ...config});
}

function signerOf(key, alg) {
  const {hash, ...how} = algorithms[alg];
  return data => sign(hash, Buffer.from(data), {key, ...how}).toString('base64url');
}

async function holds(data, signature, jwk) {
  await compactVerify(`${data}.${signature}`, await importJWK(jwk, headerOf(data).alg));
  return true;
}

function headerOf(token) {
  return JSON.parse(Buffer.from(token.split('.')[0], 'base64url'));
}

await serve({
  async issue({claims, concealed, typ, alg}) {
    const {publicKey, privateKey} = await generateKeyPair(alg, {extractable: true});
    const did = `did:jwk:${Buffer.from(JSON.stringify(await exportJWK(publicKey))).toString('base64url')}`;
    const issuer = typ === 'dc+sd-jwt' ? {iss: did} : {issuer: {...claims.issuer, id: did}};
    const library = libraryWith({signer: signerOf(privateKey, alg), signAlg: alg});
    return {token: await library.issue({...claims, ...issuer}, concealed, {header: {typ, kid: `${did}#0`}})};
  },

  async holder() {
    return {jwk: await exportJWK(holder.publicKey)};
  },

  async present({token, shown, binding}) {
    const config = {kbSigner: signerOf(holder.privateKey, 'ES256'), kbSignAlg: 'ES256'};
    const library = libraryWith(config);
    return {token: await library.present(token, shown, {kb: {payload: binding}})};
  },

  async verify({token, jwk, nonce, now}) {
    const library = libraryWith({
      verifier: (data, signature) => holds(data, signature, jwk),
      kbVerifier: (data, signature, {cnf}) => holds(data, signature, cnf.jwk)
    });
    const options = {currentDate: Date.parse(now) / 1000, keyBindingNonce: nonce};
    const {payload, kb} = await library.verify(token, options);
    return {claims: payload, binding: kb?.payload};
  }
});
