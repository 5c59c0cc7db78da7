/** Functions of JSONata that expressions may call. */
export const offeredFunctions: ReadonlySet<string> = new Set(
  `abs append assert average base64decode base64encode boolean ceil clone contains count decodeUrl decodeUrlComponent distinct
  each encodeUrl encodeUrlComponent error eval exists filter floor formatBase formatInteger formatNumber fromMillis join keys
  length lookup lowercase map match max merge min not number pad parseInteger power reduce replace reverse round sift single
  sort split spread sqrt string substring substringAfter substringBefore sum toMillis trim type uppercase zip`.split(
    /\s+/,
  ),
);

/** Functions whose answer is another each time: with them a patch that changes nothing would change something. */
export const withheldFunctions: ReadonlySet<string> = new Set(['millis', 'now', 'random', 'shuffle']);
