// A second opinion on tokens, by the JOSE library `jose`, which shares no code with ours.
//
// Answers jobs as serving.mjs says. A job is one of
//
//   {"do": "verify", "token", "jwk", "now"}     answer {"payload", "typ"}
//   {"do": "sign", "payload", "alg", "typ"}     answer {"token"}; by a new key, whose did:jwk becomes the issuer

import {SignJWT, exportJWK, generateKeyPair, importJWK, jwtVerify} from 'jose';
import {serve} from './serving.mjs';

const algorithms = ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'RS256', 'PS256'];

await serve({
  async verify({token, jwk, now}) {
    const {alg} = JSON.parse(Buffer.from(token.split('.')[0], 'base64url'));
    const options = {algorithms, currentDate: new Date(now)};
    const {payload, protectedHeader} = await jwtVerify(token, await importJWK(jwk, alg), options);
    return {payload, typ: protectedHeader.typ};
  },

  async sign({payload, alg, typ}) {
    const {publicKey, privateKey} = await generateKeyPair(alg);
    const jwk = JSON.stringify(await exportJWK(publicKey));
    const did = `did:jwk:${Buffer.from(jwk).toString('base64url')}`;
    const claims = 'iss' in payload ? {iss: did} : {};
    const token = await new SignJWT({...payload, ...claims, issuer: {...payload.issuer, id: did}})
      .setProtectedHeader({alg, typ, kid: `${did}#0`})
      .sign(privateKey);
    return {token};
  }
});
