/** How many test files run at a time. */

/** Of a worker at most, with the programs, servers and the browser that its tests start. */
const workerBytes = 2 * 1024 ** 3;
/** The smallest machine that has to run the tests has two cores, and of a file that starts the program two thirds of the time are waiting. */
const most = 6;
/** Also where memory is short: few files need all of their share, and seldom at once. */
const fewest = 4;

/** As many as the memory that is free now holds. */
export function howManyWorkers(availableBytes = process.availableMemory()): number {
	return Math.min(Math.max(Math.floor(availableBytes / workerBytes), fewest), most);
}
