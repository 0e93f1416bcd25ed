// A second opinion on badges, by libraries that share no code with ours.
//
// Reads from stdin {"contexts": folder, "documents": {url: document}, "jobs": {name: job}} and writes
// {name: answer} to stdout. Nothing is fetched: what is neither a context, a document given nor a did:key
// cannot be loaded. A job is one of
//
//   {"do": "verify", "credential", "now"}        answer {"verified", "statuses": [boolean], "problems": [text]}
//   {"do": "sign", "credential", "now", "seed"}  answer {"credential"}; seed: 32 bytes in hexadecimal
//   {"do": "sign list", "url", "set": [index], "now", "seed"}  answer {"credential"}, a status list
//   {"do": "canonize", "document"}               answer {"nquads"}
//
// A job that throws is answered with {"problems": [text]}.

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {driver} from '@digitalbazaar/did-method-key';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {checkStatus, createCredential, createList} from '@digitalbazaar/vc-bitstring-status-list';
import jsonld from 'jsonld';
import jsigs from 'jsonld-signatures';

const didKey = driver();
didKey.use({multibaseMultikeyHeader: 'z6Mk', fromMultibase: Ed25519Multikey.from});

const order = JSON.parse(readFileSync(0, 'utf8'));
const documents = new Map(Object.entries(order.documents));
const index = readJson(join(order.contexts, 'index.json'));
for(const [url, [served]] of Object.entries(index)) {
  documents.set(url, readJson(join(order.contexts, served.file)));
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

const documentLoader = jsigs.extendContextLoader(async url => {
  if(url.startsWith('did:key:')) {
    return {contextUrl: null, documentUrl: url, document: await didKey.get({url})};
  }
  const document = documents.get(url) ?? verificationMethod(url);
  if(!document) {
    throw new Error(`${url} was not given`);
  }
  return {contextUrl: null, documentUrl: url, document};
});

// The key that stands under a fragment of a DID document given.
function verificationMethod(url) {
  const methods = documents.get(url.split('#')[0])?.verificationMethod ?? [];
  const method = methods.find(({id}) => id === url);
  return method && {'@context': 'https://w3id.org/security/multikey/v1', ...method};
}

const doers = {
  async verify({credential, now}) {
    const suite = new DataIntegrityProof({cryptosuite});
    const result = await vc.verifyCredential({
      credential, suite, documentLoader, checkStatus, now
    });
    return {
      verified: result.verified,
      statuses: (result.statusResult?.results ?? []).map(({status}) => status),
      problems: [result.error, result.statusResult?.error].filter(Boolean).flatMap(explain)
    };
  },

  async sign({credential, seed, now}) {
    return {credential: await issue(credential, seed, now)};
  },

  async 'sign list'({url, set, seed, now}) {
    const list = await createList({length: 131072});
    set.forEach(position => list.setStatus(position, true));
    const credential = await createCredential({id: url, list, statusPurpose: 'revocation'});
    return {credential: await issue({...credential, validFrom: now}, seed, now)};
  },

  async canonize({document}) {
    return {nquads: await jsonld.canonize(document, {algorithm: 'RDFC-1.0', safe: true, documentLoader})};
  }
};

// Sign under the did:key of the seed, which becomes the issuer.
async function issue(credential, seed, now) {
  const key = await Ed25519Multikey.generate({seed: Buffer.from(seed, 'hex')});
  const {didDocument} = await didKey.fromKeyPair({verificationKeyPair: key});
  key.id = didDocument.assertionMethod[0];
  key.controller = didDocument.id;
  const suite = new DataIntegrityProof({signer: key.signer(), date: now, cryptosuite});
  const unsigned = {...credential, issuer: {...credential.issuer, id: didDocument.id}};
  return vc.issue({credential: unsigned, suite, documentLoader});
}

// jsonld-signatures wraps the reason of a failure in errors of its own.
function explain(error) {
  const inner = [error.errors ?? [], error.cause ?? [], error.details?.event?.message ?? []].flat();
  return [error.message ?? String(error), ...inner.flatMap(explain)];
}

const answers = {};
for(const [name, job] of Object.entries(order.jobs)) {
  try {
    answers[name] = await doers[job.do](job);
  } catch(error) {
    answers[name] = {problems: explain(error)};
  }
}
process.stdout.write(JSON.stringify(answers));
