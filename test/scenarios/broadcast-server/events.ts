/** The data of an event, of so many bytes: the same in every process, and different from that of its neighbours. */
export function dataOf(number: number, size: number): string {
  return String.fromCharCode("a".charCodeAt(0) + (number % 26)).repeat(size);
}
