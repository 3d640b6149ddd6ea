/** Notes operations in the order in which they go on, with what they got. */
export function notes(): {
  readonly told: string[];
  readonly note: (name: string, operation: Promise<unknown>) => Promise<void>;
} {
  const told: string[] = [];
  return {
    told,
    async note(name, operation) {
      const value = (await operation) as string | number | undefined;
      told.push(value === undefined ? name : `${name} ${value.toString()}`);
    },
  };
}
