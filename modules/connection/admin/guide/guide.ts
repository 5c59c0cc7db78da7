/**
 * What a step can tell of itself from what has happened: `token`, `contact`, `user`, `group`, `deactivated`, and what other rooms
 * know, `<room>.<name>`.
 */
export type Milestone = string;

/** A step. In its text `**…**` is what stands on the screen of the console; `{name}` in a value is what is so called. */
export interface GuideStep {
  readonly title: string;
  readonly text: readonly string[];
  /** Instead of `text` for an identity administrator, who has no account here. */
  readonly guestText?: readonly string[];
  /** Values with a copy button below the text. */
  readonly values?: readonly { readonly label: string; readonly value: string }[];
  /** Ticks itself when this has happened. */
  readonly done?: Milestone;
}

/** A way to set the provider up; some have several. */
export interface GuideVariant {
  readonly id: string;
  readonly label: string;
  readonly steps: readonly GuideStep[];
}

/** What a provider's console says, or what one sees, when something is wrong. */
export interface KnownTrouble {
  readonly says: string;
  readonly means: string;
  readonly cure: string;
  /** Instead of `cure` for an identity administrator, who sees nothing of the administration. */
  readonly guestCure?: string;
}

/** A way of the provider's that one has to know, as its vendor documents it: `['When', 'About every forty minutes.']`. */
export type Manner = readonly [what: string, how: string];

export interface Guide {
  readonly intro: string;
  readonly variants: readonly GuideVariant[];
  /** What to expect of the provider. */
  readonly manners?: readonly Manner[];
  readonly troubles: readonly KnownTrouble[];
}

export const baseUrlValue = (label: string) => ({ label, value: '{baseUrl}' });

/** Ends every guide. */
export const checkStep: GuideStep = {
  title: 'See the first customer',
  text: [
    'Open **Customers** here: the user stands there with this connection as its source. Its request is under **Activity**.',
  ],
  guestText: ['The panel beside this guide says that the user was created: the store has the customer now.'],
  done: 'user',
};

/** True of every provider. */
export const commonTroubles: readonly KnownTrouble[] = [
  {
    says: '401 Unauthorized',
    means: 'The token is missing, mistyped, expired or revoked.',
    cure: 'Rotate the token on SCIM Configuration and paste the new one. With or without “Bearer” before it makes no difference here.',
    guestCure:
      'Paste it again, with or without “Bearer” before it. Lost it? Ask whoever invited you for a new link, which makes a new token.',
  },
  {
    says: '403 Forbidden',
    means: 'A switch or a policy of this connection refuses the request; the answer names it.',
    cure: 'Read the reason under Requests, then change the switch on SCIM Configuration or the policy.',
    guestCure: 'The reason stands under Requests. Whoever invited you changes the switch or the policy.',
  },
  {
    says: '409 uniqueness',
    means: 'Another user of this connection, or a customer of the website, has that user name or address.',
    cure: 'Find the customer under Customers. Give one of the two another address, or link them: Policies and Safeguards, “Customers nobody manages”.',
    guestCure: 'Give the user another name or address, or ask whoever invited you to link the two.',
  },
  {
    says: '503 with Retry-After',
    means: 'The mass-deprovision guard holds the request: too many people would have lost their access within an hour.',
    cure: 'Decide under Held Changes. The provider sends the request again of its own accord.',
    guestCure: 'Tell whoever invited you, who decides. Your provider sends the request again of its own accord.',
  },
];
