/** Accounts with a password, in the database: made and looked after by administrators, who never learn a password, and by their owners. */

import { openSealed, sealText } from '../../cache/sealed.ts';
import type { Database } from '../../database/database.ts';
import type { Transaction } from '../../database/transaction.ts';
import { type Account, identityIdOf, webPlatform } from '../../identity/account.ts';
import { note } from '../../identity/log-entry.ts';
import type { WebAccounts } from '../../identity/web-accounts.ts';
import { hashOfSecret, newSecret } from '../secret.ts';
import { linkMinutes } from '../sign-in.ts';
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-code.ts';
import { newTimeSecret } from './time-code.ts';

/** What their accounts are known under. */
export const localTenant = 'local';

export interface PasswordAccount {
	identityId: string;
	name: string;
	displayName: string;
	/** Null while none was chosen. */
	passwordHash: string | null;
	/** In base32; null without a second factor. */
	secondSecret: string | null;
	/** As `secondSecret`, until a code of it was entered. */
	secondPending: string | null;
	secondStep: number;
	recoveryHashes: readonly string[];
}

/** Every method works as the registrar. @throws BotError as `Database.asRegistrar`. */
export interface LocalAccounts {
	/** @returns a secret for the link by which the password is chosen; null for a name that somebody has. */
	add(name: string, displayName: string): Promise<string | null>;
	/** For whoever has forgotten theirs; it holds until another one is chosen. @returns as `add`; null for nobody. */
	renew(name: string): Promise<string | null>;
	find(name: string): Promise<PasswordAccount | null>;
	/** By the account; null for one of another kind. */
	ofIdentity(identityId: string): Promise<PasswordAccount | null>;
	/** Whose link it is; null for one that is none, or not any more. It is not used up. */
	ofLink(secret: string): Promise<PasswordAccount | null>;
	/** Uses the link up, and ends every session of the account. @returns false as `ofLink` gives null. */
	chooseByLink(secret: string, passwordHash: string): Promise<boolean>;
	/** Ends every other session of the account. @param sessionId the one that goes on. */
	change(account: PasswordAccount, passwordHash: string, sessionId: string): Promise<void>;
	/** The same password, with a hash that takes more work. */
	rehash(account: PasswordAccount, passwordHash: string): Promise<void>;
	/** A secret for an app; it counts once a code of it was entered. */
	beginSecondFactor(account: PasswordAccount): Promise<string>;
	/** Ends every other session of the account. @returns codes for whoever loses the app; they are not to be had again. */
	keepSecondFactor(account: PasswordAccount, step: number, sessionId: string): Promise<string[]>;
	/** @returns false where there was none. */
	dropSecondFactor(name: string): Promise<boolean>;
	/** @returns false for a step that was taken before. */
	takeStep(account: PasswordAccount, step: number): Promise<boolean>;
	/** @returns false for a code that is none, or was used. */
	takeRecoveryCode(account: PasswordAccount, code: string): Promise<boolean>;
}

export interface LocalAccountsDependencies {
	database: Pick<Database, 'asRegistrar' | 'queryAsRegistrar' | 'keyFor'>;
	webAccounts: Pick<WebAccounts, 'keep'>;
}

const columns = `
	local.identity_id as "identityId", account.account_id as name, account.display_name as "displayName", local.password_hash as "passwordHash",
	local.second_secret as "secondSecret", local.second_pending as "secondPending", local.second_step::float8 as "secondStep",
	local.recovery_hashes as "recoveryHashes"`;
const joined = 'from local_accounts local join web_accounts account on account.identity_id = local.identity_id';
const selectAccount = `select ${columns} ${joined} where local.identity_id = $1`;
const selectByLink = `
	select ${columns} ${joined} join password_links link on link.identity_id = local.identity_id where link.secret_hash = $1 and link.expires_at > now()`;

const insertAccount = 'insert into local_accounts (identity_id) values ($1) on conflict do nothing returning identity_id';
const insertLink = `
	with gone as (delete from password_links where expires_at <= now() or identity_id = $2)
	insert into password_links (secret_hash, identity_id, expires_at) values ($1, $2, now() + interval '${linkMinutes} minutes')`;
/** Of several at once one finds it. */
const takeLink = 'delete from password_links where secret_hash = $1 and expires_at > now() returning identity_id as "identityId"';
const setPassword = 'update local_accounts set password_hash = $2, changed_at = now() where identity_id = $1';
const endSessions = 'delete from web_sessions where identity_id = $1 and ($2::uuid is null or id <> $2)';
const dropLinks = 'delete from password_links where identity_id = $1';

export function createLocalAccounts({ database, webAccounts }: LocalAccountsDependencies): LocalAccounts {
	const { queryAsRegistrar } = database;
	const key = database.keyFor('second factors');

	async function first(sql: string, parameter: string): Promise<PasswordAccount | null> {
		const [row] = await queryAsRegistrar<PasswordAccount>(sql, [parameter]);
		if (row === undefined) return null;
		const opened = (sealed: string | null) => (sealed === null ? null : openSealed(key, sealed));
		return { ...row, secondSecret: opened(row.secondSecret), secondPending: opened(row.secondPending) };
	}

	async function issueLink(identityId: string): Promise<string> {
		const secret = newSecret();
		await queryAsRegistrar(insertLink, [hashOfSecret(secret), identityId]);
		return secret;
	}

	async function changeTo(transaction: Transaction, identityId: string, passwordHash: string, sessionId: string | null): Promise<void> {
		await transaction.query(setPassword, [identityId, passwordHash]);
		await transaction.query(endSessions, [identityId, sessionId]);
		await transaction.query(dropLinks, [identityId]);
		await noteFor(transaction, 'web-password', identityId);
	}

	return {
		async add(name, displayName) {
			const account = localAccount(name);
			const identityId = identityIdOf(account);
			if ((await queryAsRegistrar('select from local_accounts where identity_id = $1', [identityId])).length > 0) return null;
			await webAccounts.keep(account, { displayName, locale: null, groups: [] });
			const added = await queryAsRegistrar(insertAccount, [identityId]);
			return added.length === 0 ? null : await issueLink(identityId);
		},
		async renew(name) {
			const found = await first(selectAccount, identityIdOf(localAccount(name)));
			return found === null ? null : await issueLink(found.identityId);
		},
		find: (name) => first(selectAccount, identityIdOf(localAccount(name))),
		ofIdentity: (identityId) => first(selectAccount, identityId),
		ofLink: (secret) => first(selectByLink, hashOfSecret(secret)),
		async chooseByLink(secret, passwordHash) {
			return await database.asRegistrar(async (transaction) => {
				const [taken] = await transaction.query<{ identityId: string }>(takeLink, [hashOfSecret(secret)]);
				if (taken !== undefined) await changeTo(transaction, taken.identityId, passwordHash, null);
				return taken !== undefined;
			});
		},
		async change({ identityId }, passwordHash, sessionId) {
			await database.asRegistrar((transaction) => changeTo(transaction, identityId, passwordHash, sessionId));
		},
		async rehash({ identityId, passwordHash: before }, passwordHash) {
			const sql = 'update local_accounts set password_hash = $3 where identity_id = $1 and password_hash = $2';
			await queryAsRegistrar(sql, [identityId, before, passwordHash]);
		},
		async beginSecondFactor({ identityId }) {
			const secret = newTimeSecret();
			await queryAsRegistrar('update local_accounts set second_pending = $2 where identity_id = $1', [identityId, sealText(key, secret)]);
			return secret;
		},
		async keepSecondFactor({ identityId }, step, sessionId) {
			const codes = newRecoveryCodes();
			await database.asRegistrar(async (transaction) => {
				await transaction.query(
					`update local_accounts set second_secret = second_pending, second_pending = null, second_step = $2, recovery_hashes = $3 where identity_id = $1`,
					[identityId, step, codes.map(hashOfRecoveryCode)],
				);
				await transaction.query(endSessions, [identityId, sessionId]);
				await noteFor(transaction, 'web-second-factor', identityId);
			});
			return codes;
		},
		async dropSecondFactor(name) {
			const identityId = identityIdOf(localAccount(name));
			const dropped = await queryAsRegistrar(
				`update local_accounts set second_secret = null, second_pending = null, recovery_hashes = '{}'
					where identity_id = $1 and second_secret is not null returning identity_id`,
				[identityId],
			);
			return dropped.length > 0;
		},
		async takeStep({ identityId }, step) {
			const sql = 'update local_accounts set second_step = $2 where identity_id = $1 and second_step < $2 returning identity_id';
			return (await queryAsRegistrar(sql, [identityId, step])).length > 0;
		},
		async takeRecoveryCode({ identityId }, code) {
			const sql = `
				update local_accounts set recovery_hashes = array_remove(recovery_hashes, $2) where identity_id = $1 and $2 = any(recovery_hashes) returning identity_id`;
			return (await queryAsRegistrar(sql, [identityId, hashOfRecoveryCode(code)])).length > 0;
		},
	};
}

/** As it is typed, whatever the case. */
export function localAccount(name: string): Account {
	return { platform: webPlatform, tenantId: localTenant, accountId: name.trim().toLowerCase() };
}

/** Nothing for an account that nobody has come in with yet. */
async function noteFor(transaction: Transaction, action: string, identityId: string): Promise<void> {
	const [identity] = await transaction.query<{ userId: string }>('select user_id as "userId" from identities where id = $1', [identityId]);
	if (identity !== undefined) await note(transaction, action, 'done', identity.userId, { identityId });
}
