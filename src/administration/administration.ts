/** Carries out what administrators order, writes it down, and says what came of it. */

import type { Database } from '../database/database.ts';
import { storableText } from '../database/storable.ts';
import { type Asker, nobodyId } from '../database/transaction.ts';
import { toBotError } from '../errors.ts';
import type { Account } from '../identity/account.ts';
import type { CommandResult } from '../platform/command-result.ts';
import type { Words } from '../words/words.ts';
import { listEntries, writeEntry } from './audit-log.ts';
import { explain, orderList } from './guidance.ts';
import { setLimit } from './limit-orders.ts';
import { type Order, type OrderName, parseOrder } from './order.ts';
import { activate, admit, deactivate, dismiss, grant, revoke } from './people-orders.ts';
import { createRole, dropRole, listRoles, mapGroup, unmapGroup } from './role-orders.ts';
import { type AdministrationWords, type Administrator, type Effect, Refusal, type Scene } from './scene.ts';
import { admitOutsiders, dismissOutsiders, matchAddresses } from './tenant-orders.ts';
import { describePerson } from './who.ts';

export interface AdministrationDependencies {
	database: Database;
	/** Names of all platforms that accounts can be on, configured or not. */
	platforms: readonly string[];
	/** Whether the configuration makes this account an administrator. */
	isListed: (account: Account) => boolean;
	/** Ends what is still being done for somebody who may do nothing any more. */
	onLostAccess: (userId: string) => Promise<void>;
}

export interface Given {
	actor: Administrator;
	words: Words;
}

export interface Answer {
	outcome: 'done' | 'refused';
	result: CommandResult;
}

export interface Administration {
	/**
	 * Carries out one order as it was typed; nothing gives the list of orders. Whoever calls has made sure that an administrator gives it;
	 * the database does so again.
	 * @throws BotError `STORE_UNAVAILABLE`, `FORBIDDEN` for somebody who is no administrator, `INTERNAL`.
	 */
	run(typed: string, given: Given): Promise<Answer>;
}

/** Whoever sits at the machine acts as nobody in particular: no row of anyone's is theirs. */
const nobody: Asker = { userId: nobodyId, role: 'ccb_admin' };

export function createAdministration(deps: AdministrationDependencies): Administration {
	const { database } = deps;

	async function inOneTransaction(order: Deed, { actor, words }: Given): Promise<Effect> {
		return await database.asUser(askerOf(actor), async (transaction) => {
			const scene = { transaction, words: words.administration, platforms: deps.platforms, isListed: deps.isListed };
			const effect = await carryOut(order, scene);
			if (effect.change !== undefined) {
				const { subjectUserId, details } = effect.change;
				await writeEntry(transaction, actor, { action: order.name, outcome: 'done', subjectUserId, details });
			}
			return effect;
		});
	}

	/** Looking is no deed. */
	async function noteRefusal(order: Deed, refusal: Refusal, { actor }: Given): Promise<void> {
		if (onlyLooks.includes(order.name)) return;
		const details = { ...typedIn(order), reason: refusal.reason };
		const entry = { action: order.name, outcome: 'refused', subjectUserId: null, details } as const;
		await database.asUser(askerOf(actor), (transaction) => writeEntry(transaction, actor, entry));
	}

	return {
		async run(typed, given) {
			const words = given.words.administration;
			const order = parseOrder(storableText(typed));
			if ('problem' in order) return { outcome: 'refused', result: explain(order, words) };
			if (order.name === 'help') return { outcome: 'done', result: orderList(words) };
			try {
				const { result, change } = await inOneTransaction(order, given);
				if (change?.lostAccess !== undefined) await deps.onLostAccess(change.lostAccess);
				return { outcome: 'done', result };
			} catch (thrown) {
				const refusal = toRefusal(thrown, words);
				if (refusal === null) throw thrown;
				await noteRefusal(order, refusal, given);
				return { outcome: 'refused', result: [refusal.answer] };
			}
		},
	};
}

type Deed = Exclude<Order, { name: 'help' }>;

const onlyLooks: readonly OrderName[] = ['who', 'roles', 'log'];
/** What is kept of a word that may be anything. */
const keptCharacters = 80;

function askerOf(actor: Administrator): Asker {
	return actor.kind === 'person' ? actor.asker : nobody;
}

async function carryOut(order: Deed, scene: Scene): Promise<Effect> {
	switch (order.name) {
		case 'grant':
			return await grant(scene, order.person, order.role);
		case 'revoke':
			return await revoke(scene, order.person);
		case 'deactivate':
			return await deactivate(scene, order.person);
		case 'activate':
			return await activate(scene, order.person);
		case 'who':
			return await describePerson(scene, order.person);
		case 'roles':
			return await listRoles(scene);
		case 'role-create':
			return await createRole(scene, order.role, order.rank ?? undefined);
		case 'role-drop':
			return await dropRole(scene, order.role);
		case 'map':
			return await mapGroup(scene, order.group, order.role);
		case 'unmap':
			return await unmapGroup(scene, order.group);
		case 'admit':
			if ('person' in order.whom) return await admit(scene, order.whom.person, order.role);
			return await admitOutsiders(scene, order.whom.outsiders, order.whom.tenant, order.role);
		case 'dismiss':
			if ('person' in order.whom) return await dismiss(scene, order.whom.person);
			return await dismissOutsiders(scene, order.whom.outsiders, order.whom.tenant);
		case 'limit':
			return await setLimit(scene, order);
		case 'match':
			return await matchAddresses(scene, order.tenant, order.domains);
		case 'log':
			return await showLog(scene, order.count);
	}
}

async function showLog({ transaction, words }: Scene, count: number): Promise<Effect> {
	const entries = await listEntries(transaction, count, words.log);
	return { result: [entries.length === 0 ? words.log.empty : { list: entries }] };
}

/** What the database alone can know is refused by it, by the name of the rule. Null for what is no refusal. */
function toRefusal(thrown: unknown, words: AdministrationWords): Refusal | null {
	if (thrown instanceof Refusal) return thrown;
	const { code, reason = '' } = toBotError(thrown);
	if (reason === 'users_last_admin') return new Refusal('last-admin', words.refused.lastAdmin);
	const isRace = code === 'CONFLICT' || reason.endsWith('_foreign');
	return isRace ? new Refusal('changed-meanwhile', words.refused.changedMeanwhile) : null;
}

/** What was ordered, shortened: it may name nobody and nothing there is. */
function typedIn({ name: _name, ...typed }: Deed): Record<string, unknown> {
	const entries = Object.entries(typed).filter(([, value]) => value !== null);
	return Object.fromEntries(entries.map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, keptCharacters) : value]));
}
