import { requirements } from '../../../modules/attribute-mapping/index.ts';
import { identityProviders as played } from '../../../modules/conformance/simulate/profiles/index.ts';
import { filled } from '../../../modules/connection/admin/guide/guide-steps.tsx';
import { wholeGuide } from '../../../modules/connection/admin/guide/whole-guide.ts';
import { type IdentityProvider, identityProviders } from '../../../modules/connection/admin/identity-provider.ts';
import type { GuidePart, GuideStep, GuideVariant, KnownTrouble } from '../../../modules/connection/index.ts';
import { anchorOf } from '../anchor.ts';
import { exampleValues } from './values.ts';

/** A page of `docs/identity-providers`, named by its file. */
export interface Page {
  readonly file: string;
  readonly text: string;
}

type Parts = readonly Pick<GuidePart, 'ways' | 'troubles'>[];

const made =
  '<!-- Made of the Setup Guide that the product shows: change that (modules/connection/admin/guide), then npm run campaign -- guides. -->';

/** A directory has a page of its own, though in the product it is a way of the general guide. */
const ownPages: Readonly<Record<string, readonly [file: string, title: string]>> = {
  directory: ['active-directory.md', 'Connect Active Directory or LDAP'],
};

const nameOf = ({ profile, name }: IdentityProvider): string => (profile === 'generic' ? 'your provider' : name);

/** Placeholders in angle brackets would be taken for HTML outside of code. */
const cell = (text: string): string => text.replaceAll('|', '\\|');
const code = (text: string): string => `\`${text}\``;

function stepText({ title, text, guestText, values = [] }: GuideStep, number: number): string {
  const sentences = (guestText ?? text).join('\n   ');
  const shown = values.map(({ label, value }) => `\n   - ${label}: ${code(filled(value, exampleValues))}`);
  return `${number}. *${title}.* ${sentences}${shown.join('')}`;
}

/** Steps that an earlier way has at its `from`-th to `to`-th place, too, so that they need not be read twice. */
function repeated(steps: readonly GuideStep[], at: number, earlier: readonly GuideVariant[]) {
  for (const { label, steps: known } of earlier) {
    const from = known.indexOf(steps[at] as GuideStep);
    let length = 0;
    while (from >= 0 && steps[at + length] !== undefined && steps[at + length] === known[from + length]) length++;
    if (length > 1) return { label, from: from + 1, to: from + length, length };
  }
  return undefined;
}

function wayText({ label, steps }: GuideVariant, earlier: readonly GuideVariant[]): string {
  const lines: string[] = [];
  for (let at = 0; at < steps.length; at++) {
    const known = repeated(steps, at, earlier);
    const number = lines.length + 1;
    if (known) {
      const { label: other, from, to, length } = known;
      lines.push(`${number}. As under [${other}](#${anchorOf(other)}), steps ${from} to ${to}.`);
      at += length - 1;
    } else lines.push(stepText(steps[at] as GuideStep, number));
  }
  return `## ${label}\n\n${lines.join('\n')}`;
}

function valuesText(provider: IdentityProvider): string {
  const bearer = provider.pastes === 'header' ? '`Bearer vsb_…`, with “Bearer”' : '`vsb_…`, alone';
  return [
    `| in ${nameOf(provider)} | paste |`,
    '|---|---|',
    `| ${provider.baseUrl} | the base URL, ${code(exampleValues.baseUrl ?? '')} |`,
    `| ${provider.token} | the token: ${bearer} (the other form is understood as well) |`,
  ].join('\n');
}

/** What the store gives itself is asked for only where a guide needs a place for it. */
function attributesText({ profile }: IdentityProvider): string {
  const wanted = requirements(profile).filter(({ paths, needed }) => paths.length > 0 || needed === 'required');
  const names = (of: string) =>
    wanted.flatMap(({ needed, sentAs }) => (needed === of ? [code(sentAs)] : [])).join(', ');
  const places = new Set(wanted.map(({ add, sentAs }) => add.replaceAll(`"${sentAs}"`, '…').replaceAll(sentAs, '…')));
  return [
    '## What to send',
    `Required: ${names('required')}. Recommended: ${names('recommended')}.`,
    ...[...places].map((place) => `Where one is added: ${place}`),
  ].join('\n\n');
}

const mannersText = (provider: IdentityProvider, manners: readonly (readonly [string, string])[]): readonly string[] =>
  manners.length === 0
    ? []
    : [
        [
          `## What ${nameOf(provider)} does`,
          '',
          '| | |',
          '|---|---|',
          ...manners.map(([what, how]) => `| ${what} | ${cell(how)} |`),
        ].join('\n'),
      ];

function lead(ways: readonly GuideVariant[]): string {
  const several = ways.length > 1 ? ' There are several ways; one of them is yours.' : '';
  return `The link that the store sends you shows this guide with your values filled in: steps tick themselves, and what arrives stands beside them.${several}`;
}

/** A profile without a conversation of its own is played as the standard has it. */
const isPlayed = (profile: string): boolean => played.some((provider) => provider.profile === profile);

const simulated = (profile: string): string =>
  `\`npm run -s cli -- scim:simulate ${profile}\` plays ${profile !== 'generic' && isPlayed(profile) ? 'this provider' : 'a provider that keeps to the standard'} against the store and removes what it made; nothing of it was tried against a live tenant, and consoles change their words.`;

const everywhere = 'What can go wrong with any provider stands [on a page of its own](every-provider.md).';

const back = '[All providers](../identity-administrators.md)';

const troublesText = (troubles: readonly KnownTrouble[]): string =>
  [
    '| | means | cure |',
    '|---|---|---|',
    ...troubles.map(
      ({ says, means, cure, guestCure }) => `| ${cell(says)} | ${cell(means)} | ${cell(guestCure ?? cure)} |`,
    ),
  ].join('\n');

/** What every guide warns of. */
function troublesOfAll(parts: Parts): readonly KnownTrouble[] {
  const [first, ...others] = identityProviders.map(({ profile }) => wholeGuide(profile, parts).troubles);
  return (first ?? []).filter(({ says }) => others.every((list) => list.some((trouble) => trouble.says === says)));
}

const troublesPage = (parts: Parts): Page => ({
  file: 'every-provider.md',
  text: `${made}\n\n# When something is wrong, with any provider\n\n${troublesText(troublesOfAll(parts))}\n\n${back}\n`,
});

function pageOf(provider: IdentityProvider, parts: Parts): Page {
  const guide = wholeGuide(provider.profile, parts);
  const ways = guide.variants.filter(({ id }) => ownPages[id] === undefined);
  const contents = ways.length > 1 ? [ways.map(({ label }) => `- [${label}](#${anchorOf(label)})`).join('\n')] : [];
  const common = troublesOfAll(parts);
  const own = guide.troubles.filter(({ says }) => !common.some((trouble) => trouble.says === says));
  const blocks = [
    made,
    `# Connect ${provider.profile === 'generic' ? 'another provider' : provider.name}`,
    `${guide.intro} ${lead(ways)}`,
    valuesText(provider),
    ...contents,
    ...ways.map((way, at) => wayText(way, ways.slice(0, at))),
    attributesText(provider),
    ...mannersText(provider, guide.manners ?? []),
    ['## When something is wrong', ...(own.length > 0 ? [troublesText(own)] : []), everywhere].join('\n\n'),
    simulated(provider.profile),
    back,
  ];
  return { file: `${provider.profile}.md`, text: `${blocks.join('\n\n')}\n` };
}

/** Ways that are pages of their own. */
const separatePages = (parts: Parts): readonly Page[] =>
  identityProviders.flatMap(({ profile }) =>
    wholeGuide(profile, parts).variants.flatMap((way) => {
      const [file, title] = ownPages[way.id] ?? [];
      if (file === undefined) return [];
      const steps = way.steps.map((step, at) => stepText(step, at + 1)).join('\n');
      return [{ file, text: `${[made, `# ${title}`, lead([way]), steps, back].join('\n\n')}\n` }];
    }),
  );

/** Every page of `docs/identity-providers`, of the guides that a host with these parts shows. */
export const identityProviderPages = (parts: Parts): readonly Page[] => [
  ...identityProviders.map((provider) => pageOf(provider, parts)),
  ...separatePages(parts),
  troublesPage(parts),
];
