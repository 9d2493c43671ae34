/** An order that is given, and what came of it last. */

import { useState } from 'preact/hooks';
import type { OrderResultPart } from '#src/api/contract/administration.ts';
import { usePage } from '../parts/page-context.ts';
import { ApiProblem } from '../state/api-client.ts';

export interface GivenOrder {
	/** Null until something came of one. Why it could not be given is a sentence of it. */
	result: readonly OrderResultPart[] | null;
	isBusy: boolean;
	/** @param channel In which it is typed, by its id. @returns whether it was carried out, or refused with a reason. */
	give(order: string, channel?: string): Promise<boolean>;
}

export function useOrder(): GivenOrder {
	const { chat, words } = usePage();
	const [result, setResult] = useState<readonly OrderResultPart[] | null>(null);
	const [isBusy, setIsBusy] = useState(false);
	return {
		...{ result, isBusy },
		async give(order, channel) {
			setIsBusy(true);
			try {
				setResult(await chat.api.giveOrder(order, channel));
				return true;
			} catch (thrown) {
				if (!(thrown instanceof ApiProblem)) throw thrown;
				setResult([thrown.message || words.line.trouble]);
				return false;
			} finally {
				setIsBusy(false);
			}
		},
	};
}
