/** What Node.js is told when tests start a program with the embedded database. */

/**
 * Postgres is ten megabytes of WebAssembly. Node.js compiles what runs often a second time, for speed: a quarter of the processor time of a start, which a
 * program that lives for seconds never wins back. Benchmarks go without.
 */
export const nodeArguments: readonly string[] = ['--liftoff-only'];
