// What @digitalbazaar/vc needs for the same jobs: reads `JOB REPEATS` lines, answers with seconds of processor time.
import {createInterface} from 'node:readline';
import {readFileSync} from 'node:fs';
import * as vc from '@digitalbazaar/vc';
import * as multikey from '@digitalbazaar/ed25519-multikey';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';

const given = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const keys = await multikey.generate({id: given.method, controller: given.unsigned.issuer.id});
const verificationMethod = await keys.export({publicKey: true});
const controller = {
  '@context': 'https://www.w3.org/ns/did/v1', id: given.unsigned.issuer.id,
  assertionMethod: [given.method], verificationMethod: [verificationMethod],
};
const documents = {...given.contexts, [given.method]: verificationMethod, [controller.id]: controller};
const documentLoader = async url => {
  if(!(url in documents)) {
    throw new Error(`not given: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: documents[url]};
};
const suite = () => new DataIntegrityProof({signer: keys.signer(), cryptosuite});
const sign = () => vc.issue({credential: structuredClone(given.unsigned), suite: suite(), documentLoader});
const signed = await sign();
const check = new DataIntegrityProof({cryptosuite});
const checkStatus = async () => ({verified: true});
const verify = async () => {
  const found = await vc.verifyCredential({credential: signed, suite: check, documentLoader, checkStatus});
  if(!found.verified) {
    throw found.error;
  }
};
const jobs = {'@digitalbazaar/vc: sign': sign, '@digitalbazaar/vc: verify': verify};
await verify();
console.log(JSON.stringify(Object.keys(jobs)));
for await (const line of createInterface({input: process.stdin})) {
  const at = line.lastIndexOf(' ');
  const begin = process.cpuUsage();
  for(let count = Number(line.slice(at + 1)); count > 0; --count) {
    await jobs[line.slice(0, at)]();
  }
  const {user, system} = process.cpuUsage(begin);
  console.log((user + system) / 1e6);
}
