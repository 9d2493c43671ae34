/** In which browsers which account is signed in, in the database: a token each, replaced as it grows old, and worth nothing after a time. */

import type { Database } from '../database/database.ts';
import { storableText } from '../database/storable.ts';
import type { Transaction } from '../database/transaction.ts';
import type { Account } from '../identity/account.ts';
import { note } from '../identity/log-entry.ts';
import { shortened } from '../text.ts';
import { hashOfSecret, newSecret } from './secret.ts';

/** What a browser calls itself, and where it is. Both are its own word. */
export interface Browser {
	agent: string;
	address: string;
}

export interface FoundSession {
	id: string;
	/** Whose it is: the account that was signed in. */
	account: Account;
	signedInAt: Date;
	/** What the browser has to come with from now on; null to go on with what it has. */
	newToken: string | null;
}

export interface WebSessionRow extends Browser {
	id: string;
	platform: string;
	displayName: string;
	signedInAt: Date;
	lastSeenAt: Date;
	expiresAt: Date;
}

/** Every method works as the registrar. @throws BotError as `Database.asRegistrar`. */
export interface WebSessions {
	/** In the transaction that used up what let them in. @returns the token that the browser gets. */
	open(transaction: Transaction, identityId: string, browser: Browser): Promise<string>;
	/** Null for a token that is none, or not any more. One that was replaced, and comes again after its time, was copied: then it ends the session. */
	find(token: string): Promise<FoundSession | null>;
	/** As `find`, for what was found before and may have ended since: no token is replaced. */
	findAgain(sessionId: string): Promise<Omit<FoundSession, 'newToken'> | null>;
	/** The latest first. */
	list(userId: string): Promise<WebSessionRow[]>;
	/** @returns false when it is none of theirs. */
	end(userId: string, sessionId: string): Promise<boolean>;
	/** Of the person, in every browser. */
	endAll(userId: string): Promise<void>;
}

export interface SessionLimits {
	/** Whoever does not come for so long has to sign in anew. */
	idleHours: number;
	/** And whoever does, after this. */
	mostDays: number;
}

/** A token that somebody took along is of use for no longer, while its owner is there. */
const tokenMinutes = 60;
/** For other tabs that had begun to ask with the earlier one. */
const earlierSeconds = 60;
/** Not every request is written down. */
const seenMinutes = 5;
/** Enough to know a browser again by. */
const mostAgentCharacters = 300;

/** Idle hours are its second parameter. */
const isOpen = 'session.expires_at > now() and session.last_seen_at > now() - make_interval(hours => $2)';
const account = `json_build_object('platform', i.platform, 'tenantId', i.tenant_id, 'accountId', i.account_id) as account`;

const selectByToken = `
	select session.id, ${account}, session.signed_in_at as "signedInAt", session.token_hash = $1 as "isCurrent", session.token_used_at is null as "isUnproven",
		coalesce(session.token_used_at < now() - interval '${earlierSeconds} seconds', false) as "isProvenLong",
		session.token_since < now() - interval '${tokenMinutes} minutes' as "isOld",
		session.token_since < now() - interval '${earlierSeconds} seconds' as "isAwaited",
		session.last_seen_at < now() - interval '${seenMinutes} minutes' as "isLongUnseen"
	from web_sessions session join identities i on i.id = session.identity_id
	where (session.token_hash = $1 or session.earlier_hash = $1) and ${isOpen}`;

interface TokenRow extends Omit<FoundSession, 'newToken'> {
	isCurrent: boolean;
	/** Nobody has come with the current token yet. */
	isUnproven: boolean;
	isProvenLong: boolean;
	isOld: boolean;
	/** The current token was given a while ago. */
	isAwaited: boolean;
	isLongUnseen: boolean;
}

const selectById = `
	select session.id, ${account}, session.signed_in_at as "signedInAt" from web_sessions session join identities i on i.id = session.identity_id where session.id = $1 and ${isOpen}`;

const noteSeen = `update web_sessions set last_seen_at = now(), token_used_at = coalesce(token_used_at, case when token_hash = $2 then now() end) where id = $1`;

/** Of several requests at once one replaces it; the others go on with theirs. */
const replaceToken = `
	update web_sessions set token_hash = $3, earlier_hash = $2, token_since = now(), token_used_at = null, last_seen_at = now()
	where id = $1 and token_hash = $2 returning id`;

/** The token before it never arrived. */
const replaceLost = `
	update web_sessions set token_hash = $3, token_since = now(), last_seen_at = now()
	where id = $1 and earlier_hash = $2 and token_used_at is null and token_since < now() - interval '${earlierSeconds} seconds' returning id`;

const insertSession = `
	insert into web_sessions (identity_id, token_hash, token_used_at, expires_at, agent, address)
	values ($1, $2, now(), now() + make_interval(days => $3), $4, $5)`;

const forgetEnded = 'delete from web_sessions where expires_at <= now() or last_seen_at <= now() - make_interval(hours => $1)';

const selectOwn = `
	select session.id, i.platform, i.display_name as "displayName", session.signed_in_at as "signedInAt", session.last_seen_at as "lastSeenAt",
		session.expires_at as "expiresAt", session.agent, session.address
	from web_sessions session join identities i on i.id = session.identity_id
	where i.user_id = $1 and ${isOpen} order by session.last_seen_at desc`;

const deleteOwn = `
	delete from web_sessions session using identities i
	where i.id = session.identity_id and i.user_id = $1 and ($2::uuid is null or session.id = $2) returning session.id`;

export function createWebSessions(database: Pick<Database, 'asRegistrar' | 'queryAsRegistrar'>, limits: SessionLimits): WebSessions {
	const { idleHours, mostDays } = limits;
	const { queryAsRegistrar } = database;

	async function replace(row: TokenRow, tokenHash: string): Promise<string | null> {
		const newToken = newSecret();
		const statement = row.isCurrent ? replaceToken : replaceLost;
		const replaced = await queryAsRegistrar(statement, [row.id, tokenHash, hashOfSecret(newToken)]);
		return replaced.length === 0 ? null : newToken;
	}

	return {
		async open(transaction, identityId, { agent, address }) {
			const token = newSecret();
			const named = [storableText(shortened(agent, mostAgentCharacters)), address];
			await transaction.query(forgetEnded, [idleHours]);
			await transaction.query(insertSession, [identityId, hashOfSecret(token), mostDays, ...named]);
			return token;
		},
		async find(token) {
			const tokenHash = hashOfSecret(token);
			const [row] = await queryAsRegistrar<TokenRow>(selectByToken, [tokenHash, idleHours]);
			if (row === undefined) return null;
			const { id, account, signedInAt } = row;
			const known = { id, account, signedInAt };
			if (!row.isCurrent && row.isProvenLong) {
				await queryAsRegistrar('delete from web_sessions where id = $1', [id]);
				return null;
			}
			const isDue = row.isCurrent ? row.isOld : row.isUnproven && row.isAwaited;
			if (isDue) return { ...known, newToken: await replace(row, tokenHash) };
			if (row.isLongUnseen || (row.isCurrent && row.isUnproven)) await queryAsRegistrar(noteSeen, [id, tokenHash]);
			return { ...known, newToken: null };
		},
		async findAgain(sessionId) {
			const [row] = await queryAsRegistrar<Omit<FoundSession, 'newToken'>>(selectById, [sessionId, idleHours]);
			return row ?? null;
		},
		list: (userId) => queryAsRegistrar<WebSessionRow>(selectOwn, [userId, idleHours]),
		end: async (userId, sessionId) => (await queryAsRegistrar(deleteOwn, [userId, sessionId])).length > 0,
		async endAll(userId) {
			await database.asRegistrar(async (transaction) => {
				const ended = await transaction.query(deleteOwn, [userId, null]);
				await note(transaction, 'web-sign-out', 'done', userId, { sessions: ended.length });
			});
		},
	};
}
