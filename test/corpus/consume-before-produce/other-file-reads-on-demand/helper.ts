export interface Listing {
  /** Reads everything, when it is called. */
  text(): Promise<string>;
}

/** A listing of what comes out of a stream. */
export function listingOf(source: ReadableStream<string>): Listing {
  return {
    text: async () => {
      let all = "";
      for await (const name of source) all += `- ${name}\n`;
      return all;
    },
  };
}
