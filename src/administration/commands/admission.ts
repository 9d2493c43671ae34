/** `admit` and `dismiss`: who from outside the company is let in, one person or all guests or strangers of a tenant. */

import { z } from 'zod';
import { Identity } from '../../database/entities/identity.ts';
import { Tenant } from '../../database/entities/role.ts';
import { shownRole, type UserRole } from '../../database/roles.ts';
import { accountReference } from '../../identity/account.ts';
import { defineAdminCommand } from '../admin-command.ts';
import { type AdminContext, CommandRefusal, type Effect } from '../admin-context.ts';
import { type FoundPerson, findOrEnterPerson, findPerson, isOutside, requirePlatform, shownPerson } from '../people.ts';
import { changedPerson } from '../people-changes.ts';
import { requireRole } from '../required-role.ts';
import { personAlone, personAndRole, shownTenant, type TypedTenant, tenantSchema } from '../typed-people.ts';
import { joinedAsTyped, type TypedWord } from '../typed-words.ts';

const properties = { guests: 'guestsAs', strangers: 'strangersAs' } as const;

const outsidersSchema = z.object({ outsiders: z.enum(['guests', 'strangers']), tenant: tenantSchema });
const personSchema = z.object({ person: z.string() });
type Outsiders = z.output<typeof outsidersSchema>;

export const admitCommand = defineAdminCommand({
	name: 'admit',
	split([first, second, ...rest]) {
		const outsiders = outsidersIn(first);
		if (outsiders === null) return asWhom(personAndRole([first, second, ...rest].filter((word) => word !== undefined)));
		return second === undefined || rest.length === 0 ? null : { whom: { outsiders, tenant: second.text }, role: joinedAsTyped(rest) };
	},
	arguments: z.object({ whom: z.union([personSchema, outsidersSchema]), role: z.string() }),
	ownWords: ['guests', 'strangers'],
	examples: ['admit "Ana Pérez" employee', 'admit guests slack:T0123 employee', 'admit strangers teams:T0123 employee'],
	run: async (scene, { whom, role }) =>
		'person' in whom ? await admitPerson(scene, whom.person, role) : await admitOutsiders(scene, whom, role),
});

export const dismissCommand = defineAdminCommand({
	name: 'dismiss',
	split([first, ...rest]) {
		const outsiders = outsidersIn(first);
		if (outsiders === null) return asWhom(personAlone(first === undefined ? [] : [first, ...rest]));
		return rest.length === 1 ? { whom: { outsiders, tenant: rest[0]?.text } } : null;
	},
	arguments: z.object({ whom: z.union([personSchema, outsidersSchema]) }),
	ownWords: ['guests', 'strangers'],
	examples: ['dismiss "Ana Pérez"', 'dismiss guests slack:T0123'],
	run: async (scene, { whom }) => ('person' in whom ? await dismissPerson(scene, whom.person) : await dismissOutsiders(scene, whom)),
});

function outsidersIn(word: TypedWord | undefined): string | null {
	const text = word?.isQuoted === false ? word.text.toLowerCase() : '';
	return Object.hasOwn(properties, text) ? text : null;
}

function asWhom(given: { person: string; role?: string } | null): object | null {
	if (given === null) return null;
	const { person, ...rest } = given;
	return { whom: { person }, ...rest };
}

/** Lets the named account in, or all accounts of somebody who was named by their name. */
async function admitPerson(scene: AdminContext, typedPerson: string, typedRole: string): Promise<Effect> {
	const role = await requireAdmissible(scene, typedRole);
	const person = await findOrEnterPerson(scene, typedPerson);
	await setAdmission(scene, person, role);
	const done = scene.words.done.admitted(shownPerson(person), shownRole(role));
	return changedPerson(scene, person, done, { role, accounts: person.named.map(accountReference) });
}

async function dismissPerson(scene: AdminContext, typed: string): Promise<Effect> {
	const { words } = scene;
	const person = await findPerson(scene, typed);
	if (person.named.every(({ admittedAs }) => admittedAs === null)) throw new CommandRefusal('nothing-there', words.refused.nothingThere);
	await setAdmission(scene, person, null);
	const details = { accounts: person.named.map(accountReference) };
	const effect = changedPerson(scene, person, words.done.dismissed(shownPerson(person)), details);
	const isShutOut = person.named.some(isOutside);
	return isShutOut ? { ...effect, change: { ...effect.change, lostAccess: person.userId } } : effect;
}

async function admitOutsiders(scene: AdminContext, { outsiders, tenant }: Outsiders, typedRole: string): Promise<Effect> {
	const role = await requireAdmissible(scene, typedRole);
	requirePlatform(scene, tenant.platform);
	await scene.transaction.em.upsert(Tenant, { ...tenant, [properties[outsiders]]: role });
	const { guestsAdmitted, strangersAdmitted } = scene.words.done;
	const done = (outsiders === 'guests' ? guestsAdmitted : strangersAdmitted)(shownTenant(tenant), shownRole(role));
	return changedTenant(done, tenant, { whom: outsiders, role });
}

async function dismissOutsiders({ transaction, words }: AdminContext, { outsiders, tenant }: Outsiders): Promise<Effect> {
	const property = properties[outsiders];
	const dismissed = await transaction.em.nativeUpdate(Tenant, { ...tenant, [property]: { $ne: null } }, { [property]: null });
	if (dismissed === 0) throw new CommandRefusal('nothing-there', words.refused.nothingThere);
	const { guestsDismissed, strangersDismissed } = words.done;
	return changedTenant((outsiders === 'guests' ? guestsDismissed : strangersDismissed)(shownTenant(tenant)), tenant, { whom: outsiders });
}

/** A role that people from outside can have. @throws CommandRefusal */
async function requireAdmissible(scene: AdminContext, typedRole: string): Promise<UserRole> {
	const role = await requireRole(scene, typedRole);
	const { refused } = scene.words;
	if (role === 'ccb_admin') throw new CommandRefusal('admin-from-outside', refused.adminFromOutside);
	if (role === 'ccb_guest') throw new CommandRefusal('guest-admitted', refused.guestAdmitted);
	return role;
}

async function setAdmission({ transaction }: AdminContext, { named }: FoundPerson, role: UserRole | null): Promise<void> {
	const identityIds = named.map(({ identityId }) => identityId);
	await transaction.em.nativeUpdate(Identity, { id: { $in: identityIds } }, { admittedAs: role });
}

function changedTenant(done: string, tenant: TypedTenant, details: object): Effect {
	return { result: [done], change: { subjectUserId: null, details: { tenant: shownTenant(tenant), ...details } } };
}
