/** The features that have a weight, weighed and added to `bias`: the log-odds of a fitted logit. */
export function weigh<Name extends string>(
  features: Readonly<Record<Name, number>>,
  weights: Readonly<Partial<Record<Name, number>>>,
  bias = 0,
): number {
  let sum = bias;
  for (const name of Object.keys(weights) as Name[]) sum += features[name] * weights[name]!;
  return sum;
}
