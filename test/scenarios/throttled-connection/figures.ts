/** The value that so large a part of them does not exceed. They are in order. */
export function quantile(ordered: readonly number[], part: number): number {
  return ordered[Math.max(0, Math.ceil(ordered.length * part) - 1)] ?? Number.NaN;
}

/** How equal shares are: 1 if all are the same, 1/n if one of n has everything (Jain, Chiu and Hawe, 1984). */
export function fairness(shares: readonly number[]): number {
  const sum = shares.reduce((all, share) => all + share, 0);
  const squares = shares.reduce((all, share) => all + share * share, 0);
  return (sum * sum) / (shares.length * squares);
}
