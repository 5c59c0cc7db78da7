const factor = Number(process.env.RUNS_FACTOR ?? 1);

/** How many random inputs a property is tried with: `usual` in `npm test`, many more in a campaign. */
export const runs = (usual: number): number => Math.ceil(usual * factor);
