/** What the commands that change one person have in common. */

import { accountReference } from '../identity/account.ts';
import { type AdminContext, type Change, CommandRefusal, type Effect } from './admin-context.ts';
import { type FoundPerson, shownPerson } from './people.ts';

/** The setting would undo it with their next message. @throws CommandRefusal */
export function refuseListed({ isListed, words }: AdminContext, person: FoundPerson): void {
	if (person.accounts.some(isListed)) throw new CommandRefusal('listed', words.refused.listed(shownPerson(person)));
}

/** What is told and written down: with a hint when nobody has met them yet, for that can be a slip of the pen. */
export function changedPerson({ words }: AdminContext, person: FoundPerson, done: string, details: object): Effect & { change: Change } {
	const [account] = person.named;
	const hint = person.isNew && account !== undefined ? [words.done.entered(accountReference(account))] : [];
	return {
		result: [done, ...hint],
		change: {
			subjectUserId: person.userId,
			details: { ...(account === undefined ? {} : { account: accountReference(account) }), ...details },
		},
	};
}
