/** `who`: somebody's accounts, their role and where it comes from, their limits. */

import { z } from 'zod';
import { accountReference } from '../../identity/account.ts';
import { defineAdminCommand } from '../admin-command.ts';
import { shownLimits } from '../limit-terms.ts';
import { type FoundAccount, type FoundPerson, findPerson, isOutside } from '../people.ts';
import { shownRole } from '../role-names.ts';
import type { Scene } from '../scene.ts';
import { personAlone, type Tenant } from '../typed-people.ts';

/** What is said about a tenant in general. */
interface Rules extends Tenant {
	guestsAs: string | null;
	strangersAs: string | null;
	hasMappings: boolean;
}

const selectRules = `
	select i.platform, i.tenant_id as "tenantId", max(t.guests_as) as "guestsAs", max(t.strangers_as) as "strangersAs",
		exists (select from role_mappings m where m.platform = i.platform and m.tenant_id = i.tenant_id) as "hasMappings"
	from identities i left join tenants t on t.platform = i.platform and t.tenant_id = i.tenant_id
	where i.user_id = $1 group by i.platform, i.tenant_id`;

export const whoCommand = defineAdminCommand({
	name: 'who',
	split: personAlone,
	arguments: z.object({ person: z.string() }),
	examples: ['who slack:T0123:U0123', 'who Ana Pérez'],
	onlyLooks: true,
	async run(scene, { person: typed }) {
		const person = await findPerson(scene, typed);
		const rules = await scene.transaction.query<Rules>(selectRules, [person.userId]);
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

function shownAccount({ words: { person: words } }: Scene, account: FoundAccount, rules: readonly Rules[]): string {
	const { isClosed, isGuest, isExternal, admittedAs } = account;
	const rule = rules.find(({ platform, tenantId }) => platform === account.platform && tenantId === account.tenantId);
	const letInAs = admittedAs ?? (isExternal ? rule?.strangersAs : rule?.guestsAs) ?? null;
	const facts = [
		...(isClosed ? [words.closed] : []),
		...(isExternal ? [words.external] : isGuest ? [words.guest] : []),
		...(isOutside(account) || admittedAs !== null ? [letInAs === null ? words.notLetIn : words.letIn(shownRole(letInAs))] : []),
	];
	return accountReference(account) + (facts.length === 0 ? '' : ` (${facts.join(', ')})`);
}

function shownLock({ words: { person: words } }: Scene, { deactivatedAt, accounts }: FoundPerson): string[] {
	if (deactivatedAt !== null) return [words.deactivated(deactivatedAt.toISOString().slice(0, 10))];
	return accounts.some(({ isClosed }) => isClosed) ? [words.closedSomewhere] : [];
}

function shownStanding({ isListed, words: { person: words } }: Scene, person: FoundPerson, rules: readonly Rules[]): string {
	if (person.accounts.every(isOutside)) return words.outside;
	if (person.accounts.some(isListed)) return words.listed;
	if (person.role !== null) return words.granted(shownRole(person.role));
	return rules.some(({ hasMappings }) => hasMappings) ? words.byGroups : words.usual;
}
