/** Coming in from the chat: by a link that it gives once, or by a code that a browser shows and somebody confirms there. */

import type { Database } from '../database/database.ts';
import { storableText } from '../database/storable.ts';
import type { Transaction } from '../database/transaction.ts';
import type { Account } from '../identity/account.ts';
import { note } from '../identity/log-entry.ts';
import type { Person } from '../identity/person.ts';
import { hashOfCode, newTypedCode } from '../identity/typed-code.ts';
import { shortened } from '../text.ts';
import { hashOfSecret, newSecret } from './secret.ts';
import type { Browser, WebSessions } from './web-sessions.ts';

/** Who would be signed in. */
export interface SignInOwner {
	account: Account;
	displayName: string;
}

/** A code as the browser shows it, and the secret that only this browser has. */
export interface ShownSignInCode {
	code: string;
	browserSecret: string;
	expiresAt: Date;
}

/** Every method works as the registrar. @throws BotError as `Database.asRegistrar`. */
export interface SignIn {
	/** A secret for a link, of use once and for `linkMinutes`. */
	issueLink(person: Pick<Person, 'userId' | 'identityId'>): Promise<string>;
	/** Whose link it is; null for one that is none, or not any more. It is not used up. */
	linkOwner(secret: string): Promise<SignInOwner | null>;
	/** Uses it up. @returns the token of the new session; null as `linkOwner`. */
	useLink(secret: string, browser: Browser): Promise<string | null>;

	/** As whom a provider vouches for. @returns the token of the new session. */
	enterAs(person: Pick<Person, 'userId' | 'identityId'>, browser: Browser, provider: string): Promise<string>;

	showCode(browser: Browser): Promise<ShownSignInCode>;
	/** Which browser shows it; null when none does, or it is confirmed already. */
	browserOf(code: string): Promise<Browser | null>;
	/** @returns false as `browserOf` gives null. */
	confirmCode(person: Pick<Person, 'userId' | 'identityId'>, code: string): Promise<boolean>;
	/** Who confirmed the code of this browser; `waiting` while nobody has; null when there is none any more. */
	codeOwner(browserSecret: string): Promise<SignInOwner | 'waiting' | null>;
	/** Uses it up. @returns the token of the new session; null when it was not confirmed, or there is none any more. */
	useCode(browserSecret: string, browser: Browser): Promise<string | null>;
}

/** As OWASP's ASVS 5.0 has it for what is sent on another way (6.5.5). */
export const linkMinutes = 10;
/** Long enough to change to another screen. */
const codeMinutes = 5;
/** Whoever asks for more than anybody opens loses the oldest. */
const mostLinks = 5;
const mostAgentCharacters = 300;

const insertLink = `
	with gone as (
		delete from sign_in_links where expires_at <= now() or secret_hash in (
			select secret_hash from sign_in_links where identity_id = $2 order by created_at desc offset ${mostLinks - 1}
		)
	)
	insert into sign_in_links (secret_hash, identity_id, expires_at) values ($1, $2, now() + interval '${linkMinutes} minutes')`;

const owner = `json_build_object('platform', i.platform, 'tenantId', i.tenant_id, 'accountId', i.account_id) as account, i.display_name as "displayName"`;
const selectLinkOwner = `
	select ${owner} from sign_in_links link join identities i on i.id = link.identity_id where link.secret_hash = $1 and link.expires_at > now()`;

/** Of several at once one finds it. */
const takeLink = 'delete from sign_in_links where secret_hash = $1 and expires_at > now() returning identity_id as "identityId"';

const insertCode = `
	with gone as (delete from sign_in_codes where expires_at <= now())
	insert into sign_in_codes (code_hash, browser_hash, agent, address, expires_at)
	values ($1, $2, $3, $4, now() + interval '${codeMinutes} minutes') returning expires_at as "expiresAt"`;

const unconfirmed = 'code_hash = $1 and identity_id is null and expires_at > now()';
const selectBrowser = `select agent, address from sign_in_codes where ${unconfirmed}`;
const confirm = `update sign_in_codes set identity_id = $2 where ${unconfirmed} returning code_hash`;

const selectCodeOwner = `
	select ${owner}, code.identity_id is null as "isWaiting" from sign_in_codes code left join identities i on i.id = code.identity_id
	where code.browser_hash = $1 and code.expires_at > now()`;
const takeCode = `
	delete from sign_in_codes where browser_hash = $1 and identity_id is not null and expires_at > now() returning identity_id as "identityId"`;

export function createSignIn(database: Pick<Database, 'asRegistrar' | 'queryAsRegistrar'>, sessions: Pick<WebSessions, 'open'>): SignIn {
	const { queryAsRegistrar } = database;

	/** What lets them in goes in the transaction that signs them in. */
	async function enter(take: string, secret: string, browser: Browser): Promise<string | null> {
		return await database.asRegistrar(async (transaction) => {
			const [taken] = await transaction.query<{ identityId: string }>(take, [hashOfSecret(secret)]);
			if (taken === undefined) return null;
			const token = await sessions.open(transaction, taken.identityId, browser);
			await noteFor(transaction, 'web-sign-in', taken.identityId);
			return token;
		});
	}

	async function noteFor(transaction: Transaction, action: string, identityId: string): Promise<void> {
		const [identity] = await transaction.query<{ userId: string }>('select user_id as "userId" from identities where id = $1', [
			identityId,
		]);
		if (identity !== undefined) await note(transaction, action, 'done', identity.userId, { identityId });
	}

	return {
		async issueLink({ userId, identityId }) {
			const secret = newSecret();
			await database.asRegistrar(async (transaction) => {
				await transaction.query(insertLink, [hashOfSecret(secret), identityId]);
				await note(transaction, 'web-link', 'done', userId, { identityId });
			});
			return secret;
		},
		async linkOwner(secret) {
			const [row] = await queryAsRegistrar<SignInOwner>(selectLinkOwner, [hashOfSecret(secret)]);
			return row ?? null;
		},
		useLink: (secret, browser) => enter(takeLink, secret, browser),
		async enterAs({ userId, identityId }, browser, provider) {
			return await database.asRegistrar(async (transaction) => {
				const token = await sessions.open(transaction, identityId, browser);
				await note(transaction, 'web-sign-in', 'done', userId, { identityId, provider });
				return token;
			});
		},
		async showCode({ agent, address }) {
			const code = newTypedCode();
			const browserSecret = newSecret();
			const shown = [storableText(shortened(agent, mostAgentCharacters)), address];
			const values = [hashOfCode(code), hashOfSecret(browserSecret), ...shown];
			const [row] = await queryAsRegistrar<{ expiresAt: Date }>(insertCode, values);
			return { code, browserSecret, expiresAt: row?.expiresAt ?? new Date(0) };
		},
		async browserOf(code) {
			const [row] = await queryAsRegistrar<Browser>(selectBrowser, [hashOfCode(code)]);
			return row ?? null;
		},
		async confirmCode({ userId, identityId }, code) {
			return await database.asRegistrar(async (transaction) => {
				const confirmed = await transaction.query(confirm, [hashOfCode(code), identityId]);
				if (confirmed.length > 0) await note(transaction, 'web-code', 'done', userId, { identityId });
				return confirmed.length > 0;
			});
		},
		async codeOwner(browserSecret) {
			const [row] = await queryAsRegistrar<SignInOwner & { isWaiting: boolean }>(selectCodeOwner, [hashOfSecret(browserSecret)]);
			if (row === undefined) return null;
			return row.isWaiting ? 'waiting' : { account: row.account, displayName: row.displayName };
		},
		useCode: (browserSecret, browser) => enter(takeCode, browserSecret, browser),
	};
}
