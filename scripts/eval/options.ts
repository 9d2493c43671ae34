/** What somebody typed behind `npm run eval --`. Pure. */

import { parseArgs } from 'node:util';
import { readRoleName } from '#src/administration/role-names.ts';
import type { UserRole } from '#src/database/roles.ts';

export interface EvaluationOrder {
	/** The folder of a set; null for the accepted cases alone. */
	set: string | null;
	/** In which everything is searched. */
	role: UserRole;
	/** The file of an earlier run; null for none. */
	against: string | null;
	/** Where this run is written. */
	out: string;
	/** No model is asked. */
	isRetrievalAlone: boolean;
}

const options = {
	set: { type: 'string' },
	role: { type: 'string', default: 'employee' },
	against: { type: 'string' },
	out: { type: 'string' },
	retrieval: { type: 'boolean', default: false },
} as const;

/** Null where it is not understood. Nobody is evaluated as an administrator: an evaluation reads no more than anybody who asks. */
export function readEvaluationOrder(typed: readonly string[], now: Date): EvaluationOrder | null {
	try {
		const { values } = parseArgs({ args: [...typed], options });
		const role = readRoleName(values.role);
		if (role === null || role === 'ccb_admin' || role === 'ccb_guest') return null;
		const out = values.out ?? `eval-${now.toISOString().slice(0, 19).replaceAll(':', '-')}.json`;
		return { set: values.set ?? null, role, against: values.against ?? null, out, isRetrievalAlone: values.retrieval };
	} catch {
		return null; // an unknown option
	}
}
