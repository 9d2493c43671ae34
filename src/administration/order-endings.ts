/** How an order of administrators that is being typed can go on. Pure. */

import { adminCommands, splitOrder } from './admin-commands.ts';
import { fieldNamesOf } from './admin-forms.ts';
import { spanishName } from './order-words.ts';

/** Whose words are roles that there are. A limit is set for a role or a person. */
const roleFields: ReadonlySet<string> = new Set(['role', 'target']);

/** Whole orders as far as they are known: names of commands, then what their fields can be. @param roles As they are shown. */
export function orderEndings(typed: string, roles: readonly string[]): string[] {
	const names = [...new Set(adminCommands.flatMap(({ name }) => [name.replace('-', ' '), spanishName(name)]))];
	const order = splitOrder(typed);
	const isEnded = /\s$/.test(typed);
	// Without a blank behind it a name may still become a longer one.
	if (order === null || (order.rest.length === 0 && !isEnded)) return names;
	const last = isEnded ? '' : (order.rest.at(-1) ?? '');
	const field = fieldNamesOf(order.command)[order.rest.length - (isEnded ? 0 : 1)] ?? '';
	const known = order.command.choices?.[field] ?? (roleFields.has(field) ? roles : []);
	return known.map((word) => typed.slice(0, typed.length - last.length) + word);
}
