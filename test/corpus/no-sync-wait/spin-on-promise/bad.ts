// What the promise resolves to is needed now, but the continuation waits for this very function to return.
// Ends: blocked
function loadNow<Value>(loading: Promise<Value>): Value {
  const state: { value?: Value; done: boolean } = { done: false };
  void loading.then((value) => {
    state.value = value;
    state.done = true;
  });
  do {} while (!state.done); // starves
  return state.value as Value;
}

loadNow(Promise.resolve("configuration"));
