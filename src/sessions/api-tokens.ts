/** Tokens that people give to programs, in the database: for some things, for a time, and in the name of the account that made them. */

import type { Database } from '../database/database.ts';
import { storableText } from '../database/storable.ts';
import type { Account } from '../identity/account.ts';
import { note } from '../identity/log-entry.ts';
import type { Person } from '../identity/person.ts';
import { hashOfSecret } from './secret.ts';
import { newApiToken } from './token-form.ts';

/** `chat`: ask, and change what is one's own. `read`: read what its owner may. `files`: give files. */
export const tokenScopes = ['chat', 'read', 'files'] as const;
export type TokenScope = (typeof tokenScopes)[number];

export interface FoundToken {
	id: string;
	name: string;
	/** Whose it is: the account that it was made with. */
	account: Account;
	scopes: readonly TokenScope[];
}

export interface ApiTokenRow {
	id: string;
	/** How it begins. */
	hint: string;
	name: string;
	scopes: readonly TokenScope[];
	platform: string;
	displayName: string;
	createdAt: Date;
	expiresAt: Date;
	/** To within five minutes; null when nobody has come with it. */
	lastUsedAt: Date | null;
}

export interface WantedToken {
	name: string;
	scopes: readonly TokenScope[];
	/** Until it is worth nothing. */
	days: number;
}

/** Every method works as the registrar. @throws BotError as `Database.asRegistrar`. */
export interface ApiTokens {
	/** @returns the token, which is never shown again, and its row; null when the person has as many as anybody may. */
	make(owner: Pick<Person, 'userId' | 'identityId'>, wanted: WantedToken): Promise<{ token: string; row: ApiTokenRow } | null>;
	/** Null for a token that is none, or not any more. */
	find(token: string): Promise<FoundToken | null>;
	/** As `find`, for one that was found before and may have ended since. */
	findAgain(tokenId: string): Promise<FoundToken | null>;
	/** Those that are still good, the latest first. */
	list(userId: string): Promise<ApiTokenRow[]>;
	/** @returns false when it is none of theirs. */
	end(userId: string, tokenId: string): Promise<boolean>;
	/** Of the person, whichever account they were made with. */
	endAll(userId: string): Promise<void>;
}

export const tokenBounds = {
	/** Whoever needs more programs than this has an account for them. */
	mostTokens: 20,
	mostDays: 365,
} as const;

/** Not every request is written down. */
const usedMinutes = 5;

const found = `
	token.id, token.name, token.scopes, json_build_object('platform', i.platform, 'tenantId', i.tenant_id, 'accountId', i.account_id) as account
	from api_tokens token join identities i on i.id = token.identity_id`;
const selectBySecret = `
	select coalesce(token.last_used_at < now() - interval '${usedMinutes} minutes', true) as "isLongUnused", ${found}
	where token.secret_hash = $1 and token.expires_at > now()`;
const selectById = `select ${found} where token.id = $1 and token.expires_at > now()`;
const noteUse = 'update api_tokens set last_used_at = now() where id = $1';

const shown = `
	token.id, token.hint, token.name, token.scopes, i.platform, i.display_name as "displayName", token.created_at as "createdAt",
	token.expires_at as "expiresAt", token.last_used_at as "lastUsedAt"
	from api_tokens token join identities i on i.id = token.identity_id`;
const selectOwn = `select ${shown} where i.user_id = $1 and token.expires_at > now() order by token.created_at desc`;
const selectMade = `select ${shown} where token.id = $1`;

const forgetExpired = 'delete from api_tokens where expires_at <= now()';
/** Those who make several at once wait for each other, so that all are counted. */
const lockOwner = 'select from users where id = $1 for no key update';
const insertToken = `
	insert into api_tokens (identity_id, secret_hash, hint, name, scopes, expires_at)
	select $2, $3, $4, $5, $6, now() + make_interval(days => $7)
	where (select count(*) from api_tokens token join identities i on i.id = token.identity_id where i.user_id = $1) < ${tokenBounds.mostTokens}
	returning id`;
const deleteOwn = `
	delete from api_tokens token using identities i
	where i.id = token.identity_id and i.user_id = $1 and ($2::uuid is null or token.id = $2) returning token.id, token.hint`;

export function createApiTokens(database: Pick<Database, 'asRegistrar' | 'queryAsRegistrar'>): ApiTokens {
	const { queryAsRegistrar } = database;

	async function end(userId: string, tokenId: string | null): Promise<number> {
		return await database.asRegistrar(async (transaction) => {
			const ended = await transaction.query<{ id: string; hint: string }>(deleteOwn, [userId, tokenId]);
			for (const { id: endedId, hint } of ended) await note(transaction, 'api-token-end', 'done', userId, { tokenId: endedId, hint });
			return ended.length;
		});
	}

	return {
		async make({ userId, identityId }, { name, scopes, days }) {
			const { token, hint } = newApiToken();
			return await database.asRegistrar(async (transaction) => {
				await transaction.query(lockOwner, [userId]);
				await transaction.query(forgetExpired);
				const values = [userId, identityId, hashOfSecret(token), hint, storableText(name), scopes, days];
				const [made] = await transaction.query<{ id: string }>(insertToken, values);
				if (made === undefined) return null;
				await note(transaction, 'api-token', 'done', userId, { identityId, tokenId: made.id, hint, scopes, days });
				const [row] = await transaction.query<ApiTokenRow>(selectMade, [made.id]);
				return row === undefined ? null : { token, row };
			});
		},
		async find(token) {
			const [row] = await queryAsRegistrar<FoundToken & { isLongUnused: boolean }>(selectBySecret, [hashOfSecret(token)]);
			if (row === undefined) return null;
			const { isLongUnused, ...known } = row;
			if (isLongUnused) await queryAsRegistrar(noteUse, [known.id]);
			return known;
		},
		async findAgain(tokenId) {
			const [row] = await queryAsRegistrar<FoundToken>(selectById, [tokenId]);
			return row ?? null;
		},
		list: (userId) => queryAsRegistrar<ApiTokenRow>(selectOwn, [userId]),
		end: async (userId, tokenId) => (await end(userId, tokenId)) > 0,
		endAll: async (userId) => void (await end(userId, null)),
	};
}
