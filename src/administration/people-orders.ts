/** Orders about one person: what role they have, and whether they are let in. */

import { now } from '../database/entities/columns.ts';
import { Identity } from '../database/entities/identity.ts';
import { User } from '../database/entities/user.ts';
import type { UserRole } from '../database/roles.ts';
import { accountReference } from '../identity/account.ts';
import { type FoundPerson, findOrEnterPerson, findPerson, isOutside, shownPerson } from './people.ts';
import { shownRole } from './role-names.ts';
import { requireRole } from './role-orders.ts';
import { type Effect, Refusal, type Scene } from './scene.ts';

export async function grant(scene: Scene, typedPerson: string, typedRole: string): Promise<Effect> {
	const { words, transaction } = scene;
	const role = await requireRole(scene, typedRole);
	const person = await findOrEnterPerson(scene, typedPerson);
	if (role !== 'ccb_admin') refuseListed(scene, person);
	if (person.accounts.every(isOutside)) throw new Refusal('outsider', words.refused.outsider(shownPerson(person)));
	await transaction.em.nativeUpdate(User, person.userId, { role });
	return changed(scene, person, words.done.granted(shownPerson(person), shownRole(role)), { role, before: person.role });
}

/** @throws BotError with the reason `users_last_admin` for the last one. */
export async function revoke(scene: Scene, typedPerson: string): Promise<Effect> {
	const { words, transaction } = scene;
	const person = await findPerson(scene, typedPerson);
	refuseListed(scene, person);
	if (person.role === null) throw new Refusal('nothing-there', words.refused.nothingThere);
	await transaction.em.nativeUpdate(User, person.userId, { role: null });
	return changed(scene, person, words.done.revoked(shownPerson(person)), { before: person.role });
}

/** @throws BotError with the reason `users_last_admin` for the last one. */
export async function deactivate(scene: Scene, typedPerson: string): Promise<Effect> {
	const { words, transaction } = scene;
	const person = await findPerson(scene, typedPerson);
	refuseListed(scene, person);
	await transaction.em.nativeUpdate(User, { id: person.userId, deactivatedAt: null }, { deactivatedAt: now() });
	const effect = changed(scene, person, words.done.deactivated(shownPerson(person)), {});
	return { ...effect, change: { ...effect.change, lostAccess: person.userId } };
}

export async function activate(scene: Scene, typedPerson: string): Promise<Effect> {
	const { words, transaction } = scene;
	const person = await findPerson(scene, typedPerson);
	if (person.deactivatedAt === null) throw new Refusal('nothing-there', words.refused.nothingThere);
	await transaction.em.nativeUpdate(User, person.userId, { deactivatedAt: null });
	return changed(scene, person, words.done.activated(shownPerson(person)), {});
}

/** Lets the named account in, or all accounts of somebody who was named by their name. */
export async function admit(scene: Scene, typedPerson: string, typedRole: string): Promise<Effect> {
	const role = await requireAdmissible(scene, typedRole);
	const person = await findOrEnterPerson(scene, typedPerson);
	await setAdmission(scene, person, role);
	const answer = scene.words.done.admitted(shownPerson(person), shownRole(role));
	return changed(scene, person, answer, { role, accounts: person.named.map(accountReference) });
}

export async function dismiss(scene: Scene, typedPerson: string): Promise<Effect> {
	const { words } = scene;
	const person = await findPerson(scene, typedPerson);
	if (person.named.every(({ admittedAs }) => admittedAs === null)) throw new Refusal('nothing-there', words.refused.nothingThere);
	await setAdmission(scene, person, null);
	const effect = changed(scene, person, words.done.dismissed(shownPerson(person)), { accounts: person.named.map(accountReference) });
	const isShutOut = person.named.some(isOutside);
	return isShutOut ? { ...effect, change: { ...effect.change, lostAccess: person.userId } } : effect;
}

/** A role that people from outside can have. @throws Refusal */
export async function requireAdmissible(scene: Scene, typedRole: string): Promise<UserRole> {
	const role = await requireRole(scene, typedRole);
	const { refused } = scene.words;
	if (role === 'ccb_admin') throw new Refusal('admin-from-outside', refused.adminFromOutside);
	if (role === 'ccb_guest') throw new Refusal('guest-admitted', refused.guestAdmitted);
	return role;
}

async function setAdmission({ transaction }: Scene, { named }: FoundPerson, role: UserRole | null): Promise<void> {
	const identityIds = named.map(({ identityId }) => identityId);
	await transaction.em.nativeUpdate(Identity, { id: { $in: identityIds } }, { admittedAs: role });
}

/** The setting would undo it with their next message. */
function refuseListed({ isListed, words }: Scene, person: FoundPerson): void {
	if (person.accounts.some(isListed)) throw new Refusal('listed', words.refused.listed(shownPerson(person)));
}

function changed({ words }: Scene, person: FoundPerson, answer: string, details: object): Effect & Required<Pick<Effect, 'change'>> {
	const [account] = person.named;
	const hint = person.isNew && account !== undefined ? `\n${words.done.entered(accountReference(account))}` : '';
	return {
		answer: answer + hint,
		change: {
			subjectUserId: person.userId,
			details: { ...(account === undefined ? {} : { account: accountReference(account) }), ...details },
		},
	};
}
