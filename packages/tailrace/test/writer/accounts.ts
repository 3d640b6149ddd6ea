import type { Account, Policy } from "tailrace";

/** Accounts of a group, in which nobody is more than another. */
export function accounts(policy: Policy, many: number): Account[] {
  const open = policy.group();
  return Array.from({ length: many }, (_, place) => open({ name: place.toString(), weight: 1, priority: 0 }));
}
