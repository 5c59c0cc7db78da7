import { type GuidePart, GuideParts, nothingKnown } from '../../../connection/index.ts';
import { Clock, contribute, Environment } from '../../../framework/index.ts';
import { ownAddresses } from '../../provider/addresses.ts';
import { samlStanding } from './standing.ts';
import { loginStep } from './steps.ts';
import { provisioningSteps, samlStepsOf } from './texts.ts';
import { troublesOf } from './troubles.ts';

/** The id of the way in which SAML and SCIM are one procedure. */
export const samlWay = 'saml';

/** Our addresses as `{saml.…}` of the steps. */
const valuesOf = (baseUrl: string, code: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(ownAddresses(baseUrl, code)).map(([name, value]) => [`saml.${name}`, value]));

export const samlGuidePart = ({ environment, clock }: { environment: Environment; clock: Clock }): GuidePart => ({
  ways(profile, own) {
    const half = samlStepsOf(profile);
    return [{ id: samlWay, label: half.label, steps: [...half.steps, ...provisioningSteps(own, half), loginStep] }];
  },
  troubles: troublesOf,
  async know(db, connection, asked = samlWay) {
    if (asked !== samlWay) return nothingKnown;
    const { on, known, trusted, signedIn } = await samlStanding(db, connection, clock.now());
    return {
      values: valuesOf(environment.baseUrl, connection.code),
      milestones: [...(known && trusted ? ['saml.known'] : []), ...(signedIn ? ['saml.signed-in'] : [])],
      way: on || known ? samlWay : undefined,
    };
  },
});

/** SAML and SCIM as one procedure in the Setup Guide. */
export const samlGuide = contribute(GuideParts, { environment: Environment, clock: Clock }, samlGuidePart);
