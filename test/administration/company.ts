/** A company in a database for tests of administration: an administrator, and people with accounts. */

import type { ProgramBooks } from '#src/administration/admin-context.ts';
import { type Administration, createAdministration } from '#src/administration/administration.ts';
import type { Database } from '#src/database/database.ts';
import type { UserRole } from '#src/database/roles.ts';
import type { Principal } from '#src/database/transaction.ts';
import { BotError } from '#src/errors.ts';
import { type Account, accountReference, homeUserIdOf, identityIdOf, parseAccountReference } from '#src/identity/account.ts';
import { english } from '#src/locales/english.ts';
import type { Words } from '#src/locales/locales.ts';
import { resultText } from '#src/platform/result-text.ts';

export const words = english.administration;

export interface AccountDetails {
	name?: string;
	role?: UserRole;
	isGuest?: boolean;
	isExternal?: boolean;
	isDeactivated?: boolean;
	/** Linked to whoever has this account. */
	linkedTo?: string;
}

export interface LogEntry {
	actor: string;
	actorUserId: string | null;
	action: string;
	outcome: string;
	subjectUserId: string | null;
	details: Record<string, unknown>;
}

export interface Company {
	administration: Administration;
	admin: Principal;
	/** Accounts that the configuration makes administrators. */
	listed: Set<string>;
	/** Whose access ended, in order. */
	lost: string[];
	/** @returns the user's id. */
	enter(reference: string, details?: AccountDetails): Promise<string>;
	command(typed: string, as?: Principal | 'console', language?: Words): Promise<{ outcome: 'done' | 'refused'; text: string }>;
	user(userId: string): Promise<{ role: string | null; limits: unknown; isDeactivated: boolean } | undefined>;
	/** The oldest first. */
	entries(): Promise<LogEntry[]>;
	rows<Row extends object>(sql: string, parameters?: unknown[]): Promise<Row[]>;
}

export const adminReference = 'slack:T1:UADMIN';

/** Where nothing is left for later. */
export const noBooks: ProgramBooks = {
	ingestion: null,
	vectors: null,
	cases: null,
	digests: null,
	evaluations: null,
	models: null,
	records: null,
	broadcasts: null,
	health: null,
	accounts: null,
	jobs: { unfinished: async () => [], look: async () => null, cancel: async () => false },
	deadLetters: { list: async () => [], retry: () => Promise.reject(new BotError('NOT_FOUND', 'no jobs')), drop: async () => null },
};

/** With one administrator, `adminReference`. */
export async function foundCompany(database: Database, books = noBooks): Promise<Company> {
	const listed = new Set<string>();
	const lost: string[] = [];
	const administration = createAdministration({
		database,
		...books,
		platforms: ['slack', 'teams', 'discord'],
		isListed: (account) => listed.has(accountReference(account)),
		onLostAccess: async (userId) => void lost.push(userId),
	});
	const adminId = await enter(database, adminReference, { name: 'Berta', role: 'ccb_admin' });
	const admin: Principal = { userId: adminId, role: 'ccb_admin' };
	const rows: Company['rows'] = (sql, parameters) => database.asUser(admin, ({ query }) => query(sql, parameters));
	return {
		administration,
		admin,
		listed,
		lost,
		enter: (reference, details = {}) => enter(database, reference, details),
		async command(typed, as = admin, language = english) {
			const actor = as === 'console' ? ({ kind: 'console' } as const) : ({ kind: 'person', asker: as } as const);
			const { outcome, result } = await administration.run(typed, { actor, words: language });
			return { outcome, text: resultText(result) };
		},
		async user(userId) {
			const select = 'select role, limits, deactivated_at is not null as "isDeactivated" from users where id = $1';
			return (await rows<{ role: string | null; limits: unknown; isDeactivated: boolean }>(select, [userId]))[0];
		},
		entries: () =>
			rows(`select actor, actor_user_id as "actorUserId", action, outcome, subject_user_id as "subjectUserId", details
				from audit_log order by sequence`),
		rows,
	};
}

export function idOf(reference: string): string {
	return homeUserIdOf(accountOf(reference));
}

function accountOf(reference: string): Account {
	const account = parseAccountReference(reference);
	if (account === null) throw new Error(`no account: ${reference}`);
	return account;
}

/** As a first contact does. */
async function enter(database: Database, reference: string, details: AccountDetails): Promise<string> {
	const { platform, tenantId, accountId } = accountOf(reference);
	const { name = 'Ana', role = null, isGuest = false, isExternal = false, isDeactivated = false, linkedTo = reference } = details;
	const [homeUserId, userId] = [idOf(reference), idOf(linkedTo)];
	const identityId = identityIdOf({ platform, tenantId, accountId });
	await database.asRegistrar(async ({ query }) => {
		await query('insert into users (id, display_name, role) values ($1, $2, $3)', [homeUserId, name, role]);
		await query(
			`insert into identities (
				id, user_id, home_user_id, platform, tenant_id, account_id, display_name, is_guest, is_external, is_deactivated
			) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			[identityId, userId, homeUserId, platform, tenantId, accountId, name, isGuest, isExternal, isDeactivated],
		);
	});
	return userId;
}
