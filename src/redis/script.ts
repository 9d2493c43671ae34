/** Lua scripts as files, with the constants of the program before them. */

import { readFileSync } from 'node:fs';

export interface Script {
	lua: string;
	numberOfKeys: number;
}

/** `parts` are files beside the module `from` (its `import.meta.url`), in order; each uses what stands in those before it. */
export function readScript(from: string, { parts, constants, numberOfKeys }: ScriptSource): Script {
	const values = Object.entries(constants).map(([name, value]) => `local ${name} = ${value}`);
	return { lua: [...values, ...parts.map((part) => readFileSync(new URL(part, from), 'utf8'))].join('\n'), numberOfKeys };
}

export interface ScriptSource {
	parts: readonly string[];
	/** Names in the script, and their values. */
	constants: Readonly<Record<string, number>>;
	numberOfKeys: number;
}
