/** What a loop gets after its last item. */
export const END: IteratorReturnResult<undefined> = { value: undefined, done: true };

export const ENDED: Promise<IteratorReturnResult<undefined>> = Promise.resolve(END);
