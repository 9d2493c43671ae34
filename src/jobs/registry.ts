/** All jobs that this program knows, by name. */

import type { JobDefinition } from './job.ts';

export interface JobRegistry {
	find(name: string): JobDefinition | undefined;
	all(): readonly JobDefinition[];
}

const namePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** As long as what has ended is kept: what ran in this span must not be forgotten within it. */
const longestSpanMs = 24 * 3_600_000;

/** @throws TypeError when two share a name, or a name or a span is none. */
export function createJobRegistry(definitions: readonly JobDefinition[]): JobRegistry {
	const byName = new Map(definitions.map((definition) => [definition.name, definition]));
	if (byName.size < definitions.length) throw new TypeError('two jobs have the same name');
	for (const { name, everyMs, data } of definitions) {
		if (!namePattern.test(name)) throw new TypeError(`a job may not be called ${name}`);
		if (everyMs === undefined) continue;
		if (everyMs < 60_000 || everyMs > longestSpanMs || everyMs % 1_000 !== 0) throw new TypeError(`${name} runs in no such span`);
		if (!data.safeParse({}).success) throw new TypeError(`${name} runs by itself, so it cannot ask for data`);
	}
	return { find: (name) => byName.get(name), all: () => definitions };
}
