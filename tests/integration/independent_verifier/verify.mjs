// A second opinion on badges, by libraries that share no code with ours.
//
// Takes the folder of the contexts as its argument, and answers jobs as serving.mjs says. Nothing is fetched:
// what is neither a context, a document given with the job nor a did:key cannot be loaded. A job is one of
//
//   {"do": "verify", "credential", "now", "base"}    answer {"verified", "statuses", "problems": [text]}
//   {"do": "sign", "credential", "suite", "kind", "now", "mandatory": [pointer]}     answer {"credential"}
//   {"do": "derive", "credential", "pointers"}       answer {"credential"}, which shows what is pointed to
//   {"do": "holder", "kind"}                         answer {"id"}, the did:key of the program's key
//   {"do": "present", "credential", "suite", "kind", "now", "challenge", "domain"}   answer {"credential"}
//   {"do": "verify presentation", "presentation", "now", "challenge", "domain"}      answer as for "verify"
//   {"do": "list", "url", "indexes": [number]}       answer {"credential"}, an unsigned status list
//   {"do": "canonize", "all": {name: document}}      answer {name: N-Quads}
//
// each with {"documents": {url: document}} where other documents are needed. A base proof of ecdsa-sd-2023 is
// verified only if "base" is true, and a derived one only if it is not. The program signs with one key of
// each kind, which lasts as long as it runs, and puts that key's did:key in the issuer's place.

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import * as vc from '@digitalbazaar/vc';
import {checkStatus, createCredential, createList} from '@digitalbazaar/vc-bitstring-status-list';
import jsonld from 'jsonld';
import jsigs from 'jsonld-signatures';
import {explain, serve} from './serving.mjs';
import {deriving, didKey, newKey, signing, verifying} from './suites.mjs';

const [folder] = process.argv.slice(2);
const keys = {};
const contexts = new Map();
for(const [url, [served]] of Object.entries(readJson('index.json'))) {
  contexts.set(url, readJson(served.file));
}

function readJson(name) {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

function loaderOf({documents = {}}) {
  return jsigs.extendContextLoader(async url => {
    if(url.startsWith('did:key:')) {
      return {contextUrl: null, documentUrl: url, document: await didKey.get({url})};
    }
    const document = contexts.get(url) ?? documents[url] ?? verificationMethod(url, documents);
    if(!document) {
      throw new Error(`${url} was not given`);
    }
    return {contextUrl: null, documentUrl: url, document};
  });
}

// The key that stands under a fragment of a DID document given.
function verificationMethod(url, documents) {
  const methods = documents[url.split('#')[0]]?.verificationMethod ?? [];
  const method = methods.find(({id}) => id === url);
  return method && {'@context': 'https://w3id.org/security/multikey/v1', ...method};
}

async function keyOf(kind) {
  return keys[kind] ??= await newKey(kind);
}

await serve({
  async verify({credential, now, base = false, ...job}) {
    const documentLoader = loaderOf(job);
    const suite = verifying({base});
    const result = await vc.verifyCredential({credential, suite, documentLoader, checkStatus, now});
    return {
      verified: result.verified,
      statuses: (result.statusResult?.results ?? []).map(({status}) => status),
      problems: [result.error, result.statusResult?.error].filter(Boolean).flatMap(explain)
    };
  },

  async sign({credential, suite: name, kind, now, mandatory = [], ...job}) {
    const key = await keyOf(kind);
    const suite = signing(name, {signer: key.signer(), date: now, mandatory});
    const unsigned = {...credential, issuer: {...credential.issuer, id: key.controller}};
    return {credential: await vc.issue({credential: unsigned, suite, documentLoader: loaderOf(job)})};
  },

  async holder({kind}) {
    return {id: (await keyOf(kind)).controller};
  },

  async present({credential, suite: name, kind, now, challenge, domain, ...job}) {
    const key = await keyOf(kind);
    const holder = key.controller;
    const presentation = vc.createPresentation({verifiableCredential: credential, holder, now});
    const suite = signing(name, {signer: key.signer(), date: now});
    const documentLoader = loaderOf(job);
    return {credential: await vc.signPresentation({presentation, suite, challenge, domain, documentLoader})};
  },

  async 'verify presentation'({presentation, challenge, domain, now, ...job}) {
    const suite = verifying({base: false});
    const documentLoader = loaderOf(job);
    const result = await vc.verify({presentation, suite, challenge, domain, documentLoader, now});
    return {verified: result.verified, problems: [result.error].filter(Boolean).flatMap(explain)};
  },

  async derive({credential, pointers, ...job}) {
    const suite = deriving(pointers);
    return {
      credential: await vc.derive({
        verifiableCredential: credential, suite, documentLoader: loaderOf(job)
      })
    };
  },

  async list({url, indexes}) {
    const list = await createList({length: 131072});
    indexes.forEach(position => list.setStatus(position, true));
    return {credential: await createCredential({id: url, list, statusPurpose: 'revocation'})};
  },

  async canonize({all, ...job}) {
    const options = {algorithm: 'RDFC-1.0', safe: true, documentLoader: loaderOf(job)};
    const answers = {};
    for(const [name, document] of Object.entries(all)) {
      answers[name] = await jsonld.canonize(document, options).catch(error => explain(error).join(' '));
    }
    return answers;
  }
});
