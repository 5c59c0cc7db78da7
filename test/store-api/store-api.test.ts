import { onBothEngines } from '../setup/databases.ts';
import { accountFacts } from './account/account-facts.ts';
import { addressFacts } from './address-facts.ts';
import { credentialFacts } from './credential-facts.ts';
import { customerFacts } from './customer-facts.ts';
import { doorFacts } from './door-facts.ts';
import { hookFacts } from './hook-facts.ts';
import { importFacts } from './import-facts.ts';
import { openStage, type Stage } from './stage.ts';

onBothEngines('The store API', (engine) => {
  let stage: Stage;
  before(async function () {
    this.timeout(60_000);
    stage = await openStage(engine);
  });
  after(() => stage?.room.close());

  customerFacts(() => stage);
  addressFacts(() => stage);
  hookFacts(() => stage);
  doorFacts(() => stage);
  accountFacts(() => stage);
  credentialFacts(() => stage);
  importFacts(() => stage);
});
