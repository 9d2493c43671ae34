/** What a program of ours needs of the environment in order to run, and nothing that could configure it. */

/** The compile cache, where this run has one, keeps sources with their types taken out: without it a start costs half as much again. */
export function bareEnvironment(): Record<string, string> {
	const { PATH = '', HOME = '', NODE_COMPILE_CACHE } = process.env;
	return { PATH, HOME, ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }) };
}
