// A second opinion on tokens, by the JOSE library `jose`, which shares no code with ours.
//
// Reads from stdin {"jobs": {name: job}} and writes {name: answer} to stdout. A job is one of
//
//   {"do": "verify", "token", "jwk"}                 answer {"payload", "typ"}
//   {"do": "sign", "payload", "alg", "typ"}          answer {"token"}; by a new key, which becomes the issuer
//
// A job that throws is answered with {"problem": code}.

import {readFileSync} from 'node:fs';
import {CompactSign, compactVerify, exportJWK, generateKeyPair, importJWK} from 'jose';

const doers = {
  async verify({token, jwk}) {
    const header = JSON.parse(Buffer.from(token.split('.')[0], 'base64url'));
    const {payload, protectedHeader} = await compactVerify(token, await importJWK(jwk, header.alg));
    return {payload: JSON.parse(new TextDecoder().decode(payload)), typ: protectedHeader.typ};
  },

  async sign({payload, alg, typ}) {
    const {publicKey, privateKey} = await generateKeyPair(alg);
    const jwk = JSON.stringify(await exportJWK(publicKey));
    const did = `did:jwk:${Buffer.from(jwk).toString('base64url')}`;
    const bytes = new TextEncoder().encode(JSON.stringify({...payload, issuer: {...payload.issuer, id: did}}));
    const token = await new CompactSign(bytes)
      .setProtectedHeader({alg, typ, kid: `${did}#0`})
      .sign(privateKey);
    return {token};
  }
};

const answers = {};
for(const [name, job] of Object.entries(JSON.parse(readFileSync(0, 'utf8')).jobs)) {
  try {
    answers[name] = await doers[job.do](job);
  } catch(error) {
    answers[name] = {problem: error.code ?? String(error)};
  }
}
process.stdout.write(JSON.stringify(answers));
