/** What `npm run connectors` is asked for. Pure. */

import { parseArgs } from 'node:util';

export type ConnectorOrder =
	| { kind: 'schema' }
	| { kind: 'test'; file: string }
	| { kind: 'draft'; file: string }
	| {
			kind: 'check';
			file: string;
			/** As the file calls it; null for what all roles together may ask. */
			role: string | null;
			/** Also runs what was printed. */
			isRun: boolean;
	  };

const options = { role: { type: 'string' }, run: { type: 'boolean', default: false } } as const;

/** @param words What stands after `npm run connectors --`. @returns null for what nobody knows. */
export function readConnectorOrder(words: string[]): ConnectorOrder | null {
	try {
		const { positionals, values } = parseArgs({ args: words, options, allowPositionals: true });
		const [kind, file, ...rest] = positionals;
		if (rest.length > 0) return null;
		if (kind === 'schema') return file === undefined ? { kind } : null;
		if (file === undefined) return null;
		if (kind === 'check') return { kind, file, role: values.role ?? null, isRun: values.run };
		if (kind === 'test') return { kind, file };
		return kind === 'draft' ? { kind, file } : null;
	} catch {
		return null; // an unknown option
	}
}
