/** Tells administrators how to write what they want. Pure. */

import { limitTerms } from './limit-terms.ts';
import type { Misreading } from './order.ts';
import type { AdministrationWords } from './scene.ts';

/** All that can be ordered, a line each. */
export function orderList(words: AdministrationWords): string {
	const lines = Object.values(words.usage).map((usage) => `• ${usage}`);
	return words.orders(lines.join('\n'), limitTerms.join(', '));
}

/** Why what was typed is no order, and how it goes. */
export function explain(misreading: Misreading, words: AdministrationWords): string {
	switch (misreading.problem) {
		case 'unknown':
			return `${words.unknownOrder}\n\n${orderList(words)}`;
		case 'usage':
			return words.misread(words.usage[misreading.order]);
		case 'limit-name':
			return words.limitNames(limitTerms.join(', '));
		case 'limit-value':
			return words.limitValues;
		case 'domain':
			return words.domains;
	}
}
