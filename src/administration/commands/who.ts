/** `who`: somebody's accounts, their role and where it comes from, their limits. */

import { z } from 'zod';
import { RoleMapping, Tenant } from '../../database/entities/role.ts';
import { shownRole } from '../../database/roles.ts';
import type { Transaction } from '../../database/transaction.ts';
import { accountReference } from '../../identity/account.ts';
import { defineAdminCommand } from '../admin-command.ts';
import type { AdminContext } from '../admin-context.ts';
import { shownLimits } from '../limit-terms.ts';
import { type FoundAccount, type FoundPerson, findPerson, isOutside } from '../people.ts';
import { personAlone } from '../typed-people.ts';

/** What is said about the tenants of somebody's accounts in general. */
interface Rules {
	tenants: readonly Tenant[];
	hasMappings: boolean;
}

export const whoCommand = defineAdminCommand({
	name: 'who',
	split: personAlone,
	arguments: z.object({ person: z.string() }),
	examples: ['who slack:T0123:U0123', 'who Ana Pérez'],
	onlyLooks: true,
	async run(scene, { person: typed }) {
		const person = await findPerson(scene, typed);
		const rules = await readRules(scene.transaction, person.accounts);
		const { person: words } = scene.words;
		const accounts = person.accounts.map((account) => shownAccount(scene, account, rules));
		const limits = shownLimits(person.limits);
		return {
			result: [
				person.displayName,
				words.accounts(accounts.join('; ')),
				...shownLock(scene, person),
				shownStanding(scene, person, rules),
				limits === '' ? words.noLimits : words.limits(limits),
			],
		};
	},
});

async function readRules({ em }: Transaction, accounts: readonly FoundAccount[]): Promise<Rules> {
	const here = { $or: accounts.map(({ platform, tenantId }) => ({ platform, tenantId })) };
	return { tenants: await em.find(Tenant, here), hasMappings: (await em.count(RoleMapping, here)) > 0 };
}

function shownAccount({ words: { person: words } }: AdminContext, account: FoundAccount, { tenants }: Rules): string {
	const { isClosed, isGuest, isExternal, admittedAs } = account;
	const tenant = tenants.find(({ platform, tenantId }) => platform === account.platform && tenantId === account.tenantId);
	const letInAs = admittedAs ?? (isExternal ? tenant?.strangersAs : tenant?.guestsAs)?.name ?? null;
	const facts = [
		...(isClosed ? [words.closed] : []),
		...(isExternal ? [words.external] : isGuest ? [words.guest] : []),
		...(isOutside(account) || admittedAs !== null ? [letInAs === null ? words.notLetIn : words.letIn(shownRole(letInAs))] : []),
	];
	return accountReference(account) + (facts.length === 0 ? '' : ` (${facts.join(', ')})`);
}

function shownLock({ words: { person: words } }: AdminContext, { deactivatedAt, accounts }: FoundPerson): string[] {
	if (deactivatedAt !== null) return [words.deactivated(deactivatedAt.toISOString().slice(0, 10))];
	return accounts.some(({ isClosed }) => isClosed) ? [words.closedSomewhere] : [];
}

function shownStanding({ isListed, words: { person: words } }: AdminContext, person: FoundPerson, { hasMappings }: Rules): string {
	if (person.accounts.every(isOutside)) return words.outside;
	if (person.accounts.some(isListed)) return words.listed;
	if (person.role !== null) return words.granted(shownRole(person.role));
	return hasMappings ? words.byGroups : words.usual;
}
