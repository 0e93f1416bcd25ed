// A program answers jobs one after the other: a line of JSON comes in on stdin, one goes out on stdout.
//
// A job is {"do": name, ...}; one that throws is answered with {"problems": [text]}.

import {createInterface} from 'node:readline';

export async function serve(doers) {
  for await (const line of createInterface({input: process.stdin})) {
    process.stdout.write(`${JSON.stringify(await answer(doers, JSON.parse(line)))}\n`);
  }
}

async function answer(doers, job) {
  try {
    return await doers[job.do](job);
  } catch(error) {
    return {problems: explain(error)};
  }
}

// The reason of a failure, which libraries wrap in errors of their own.
export function explain(error) {
  const inner = [error.errors ?? [], error.cause ?? [], error.details?.event?.message ?? []].flat();
  return [error.code ?? error.message ?? String(error), ...inner.flatMap(explain)];
}
