/** Tells administrators how to write what they want. Pure. */

import type { CommandResult } from '../platform/command-result.ts';
import { limitTerms } from './limit-terms.ts';
import type { Misreading } from './order.ts';
import type { AdministrationWords } from './scene.ts';

/** All that can be ordered. */
export function orderList({ orders, usage }: AdministrationWords): CommandResult {
	return [orders.heading, { list: Object.values(usage) }, '', orders.legend(limitTerms.join(', '))];
}

/** Why what was typed is no order, and how it goes. */
export function explain(misreading: Misreading, words: AdministrationWords): CommandResult {
	switch (misreading.problem) {
		case 'unknown':
			return [words.unknownOrder, '', ...orderList(words)];
		case 'usage':
			return [words.misread(words.usage[misreading.order])];
		case 'limit-name':
			return [words.limitNames(limitTerms.join(', '))];
		case 'limit-value':
			return [words.limitValues];
		case 'domain':
			return [words.domains];
	}
}
