/** Carries out what administrators command, writes it down, and says what came of it. */

import type { Database } from '../database/database.ts';
import { Role } from '../database/entities/role.ts';
import { shownRole } from '../database/roles.ts';
import { storableText } from '../database/storable.ts';
import { nobodyId, type Principal, type Transaction } from '../database/transaction.ts';
import { toBotError } from '../errors.ts';
import type { Account } from '../identity/account.ts';
import type { Words } from '../locales/locales.ts';
import type { CommandResult } from '../platform/command-result.ts';
import type { AdminCommand } from './admin-command.ts';
import { type Misreading, nearestAdminCommand, type ReadAdminCommand, readAdminCommand } from './admin-commands.ts';
import { type AdministrationWords, type Administrator, CommandRefusal, type Effect, type ProgramBooks } from './admin-context.ts';
import { readAsAdministrator, writeEntry } from './audit-log.ts';
import { helpOverview } from './commands/help.ts';
import { orderEndings } from './order-endings.ts';
import { ranked } from './required-role.ts';

export interface AdministrationDependencies extends ProgramBooks {
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
	/** Where others may see the answer, on some platforms. */
	isOpen?: boolean;
}

export interface CommandAnswer {
	outcome: 'done' | 'refused';
	result: CommandResult;
}

export interface Administration {
	/**
	 * Carries out one command as it was typed; nothing gives the list of them. Whoever calls has made sure that an administrator gives it;
	 * the database does so again.
	 * @throws BotError `STORE_UNAVAILABLE`, `FORBIDDEN` for somebody who is no administrator, `INTERNAL`.
	 */
	run(typed: string, given: Given): Promise<CommandAnswer>;
	/** How an order that this administrator types can go on. @throws BotError `STORE_UNAVAILABLE`. */
	endings(typed: string, asker: Principal): Promise<string[]>;
}

/** Whoever sits at the machine acts as nobody in particular: no row of anyone's is theirs. */
const nobody: Principal = { userId: nobodyId, role: 'ccb_admin' };

export function createAdministration(deps: AdministrationDependencies): Administration {
	const { database } = deps;

	async function carryOut({ command, values }: ReadAdminCommand, { actor, words: { administration: words } }: Given): Promise<Effect> {
		const asker = askerOf(actor);
		if ('run' in command) {
			return await database.asUser(asker, async (transaction) => {
				const scene = { transaction, words, platforms: deps.platforms, isListed: deps.isListed };
				const effect = await command.run(scene, values);
				await noteChange(transaction, command, effect, actor);
				return effect;
			});
		}
		await database.asUser(asker, readAsAdministrator);
		const { jobs, deadLetters, ingestion, vectors, cases, digests, accounts, evaluations, models, records, broadcasts, health } = deps;
		const books = { jobs, deadLetters, ingestion, vectors, cases, digests, accounts, evaluations, models, records, broadcasts, health };
		const effect = await command.runAsProgram({ actor, words, ...books }, values);
		await database.asUser(asker, (transaction) => noteChange(transaction, command, effect, actor));
		return effect;
	}

	/** Looking is no deed. */
	async function noteRefusal({ command, values }: ReadAdminCommand, refusal: CommandRefusal, { actor }: Given): Promise<void> {
		if (command.onlyLooks === true) return;
		const details = { ...keptOf(command.noted?.(values) ?? values), reason: refusal.reason };
		const entry = { action: command.name, outcome: 'refused', subjectUserId: null, details } as const;
		await database.asUser(askerOf(actor), (transaction) => writeEntry(transaction, actor, entry));
	}

	return {
		async endings(typed, asker) {
			const roles = await database.asUser(asker, ({ em }) => em.find(Role, {}, ranked));
			return orderEndings(
				typed,
				roles.map(({ name }) => shownRole(name)),
			);
		},
		async run(typed, given) {
			const words = given.words.administration;
			const read = readAdminCommand(storableText(typed));
			if ('problem' in read) return { outcome: 'refused', result: explain(read, typed, words) };
			if (read.command.showsWords === true && given.isOpen === true)
				return { outcome: 'refused', result: [given.words.command.directOnly] };
			try {
				const { result, change } = await carryOut(read, given);
				if (change?.lostAccess !== undefined) await deps.onLostAccess(change.lostAccess);
				return { outcome: 'done', result };
			} catch (thrown) {
				const refusal = toRefusal(thrown, words);
				if (refusal === null) throw thrown;
				await noteRefusal(read, refusal, given);
				return { outcome: 'refused', result: [refusal.answer] };
			}
		},
	};
}

/** What is kept of a word that may be anything. */
const keptCharacters = 80;

function askerOf(actor: Administrator): Principal {
	return actor.kind === 'person' ? actor.asker : nobody;
}

async function noteChange(transaction: Transaction, { name }: AdminCommand, { change }: Effect, actor: Administrator): Promise<void> {
	if (change === undefined) return;
	const { subjectUserId, details } = change;
	await writeEntry(transaction, actor, { action: name, outcome: 'done', subjectUserId, details });
}

/** Why what was typed is no command, and how it goes. */
function explain(misreading: Misreading, typed: string, words: AdministrationWords): CommandResult {
	if (misreading.problem === 'unknown') {
		const meant = nearestAdminCommand(typed);
		return meant === null
			? [words.unknownCommand, '', ...helpOverview(words)]
			: [words.unknownCommand, words.meant(words.usage[meant.name])];
	}
	const { command, argument } = misreading;
	return [(argument === null ? undefined : command.explain?.(argument, words)) ?? words.misread(words.usage[command.name])];
}

/** What the database alone can know is refused by it, by the name of the rule. Null for what is no refusal. */
function toRefusal(thrown: unknown, words: AdministrationWords): CommandRefusal | null {
	if (thrown instanceof CommandRefusal) return thrown;
	const { code, reason = '' } = toBotError(thrown);
	if (reason === 'users_last_admin') return new CommandRefusal('last-admin', words.refused.lastAdmin);
	const isRace = code === 'CONFLICT' || reason.endsWith('_foreign');
	return isRace ? new CommandRefusal('changed-meanwhile', words.refused.changedMeanwhile) : null;
}

/** The arguments, shortened: they may name nobody and nothing there is. */
function keptOf(values: object): Record<string, unknown> {
	const entries = Object.entries(values).filter(([, value]) => value !== null);
	return Object.fromEntries(entries.map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, keptCharacters) : value]));
}
