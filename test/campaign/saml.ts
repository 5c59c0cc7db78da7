import { tryLogoutMutations } from '../saml/verification/logout-mutations.ts';
import { type Mutated, tryMutations } from '../saml/verification/mutations.ts';

function report(what: string, began: number, mutated: Mutated): boolean {
  const { tried, refused, untouched, breaches, accidents, slowest } = mutated;
  const codes = [...refused].sort(([, a], [, b]) => b - a).map(([code, times]) => `${code} ${times}`);
  console.log(`${tried} mutations of signed ${what} in ${Math.round((performance.now() - began) / 1000)} s`);
  console.log(`  refused: ${codes.join(', ')}`);
  console.log(`  accepted with exactly the signed content: ${untouched}`);
  console.log(`  accepted with another content: ${breaches.length}; other errors: ${accidents.length}`);
  console.log(`  slowest: ${Math.round(slowest)} ms`);
  for (const problem of [...breaches, ...accidents].slice(0, 10)) console.log(`  PROBLEM: ${problem.slice(0, 4000)}`);
  return breaches.length === 0 && accidents.length === 0;
}

/** Mutations of signed SAML responses and, a tenth as many, of logout messages: none may be accepted with another content. */
export async function samlCampaign(count = 100_000, seed = 2): Promise<boolean> {
  let began = performance.now();
  const responses = await tryMutations(count, seed, (done) => process.stderr.write(`${done} of ${count}\n`));
  const good = report('responses', began, responses);
  began = performance.now();
  return report('logout messages', began, await tryLogoutMutations(Math.ceil(count / 10), seed)) && good;
}
