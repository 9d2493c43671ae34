/**
 * Coming in with a password: names that there are not cost and say the same as those that there are, and whoever tries is slowed down without
 * anybody being locked out for long.
 */

import { createHash, createHmac } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { BotError } from '../../errors.ts';
import type { Account } from '../../identity/account.ts';
import type { RequestKind, RequestLimits } from '../../limits/request-limits.ts';
import { isEqualText } from '../secret.ts';
import { type LocalAccounts, localAccount, type PasswordAccount } from './local-accounts.ts';
import { hashPassword, isOutdated, isPassword } from './password-hash.ts';
import { type PasswordProblem, problemOfPassword } from './password-rule.ts';
import type { PasswordWork } from './password-work.ts';
import { stepOfCode, timeSecretAddress } from './time-code.ts';

export interface PasswordEntry {
	name: string;
	password: string;
	/** Of the second factor; null where none was typed. */
	code: string | null;
	/** Whom a flood is counted for. */
	from: string;
	/** What a browser brings that came in with this name before. */
	knownBrowser: string | null;
}

export type PasswordOutcome = { entered: Account; knownBrowser: string } | { refused: 'wrong' | 'wrong-code' | 'code-needed' };

/** What somebody knows of their own account. */
export interface OwnPassword {
	hasSecondFactor: boolean;
	recoveryCodesLeft: number;
}

/** Whoever changes something proves anew who they are. All @throws BotError `RATE_LIMITED`, and as `LocalAccounts`. */
export interface PasswordDoor {
	enter(entry: PasswordEntry): Promise<PasswordOutcome>;
	/** As whom a link lets one choose a password; null for one that is none, or not any more. */
	linkOwner(secret: string): Promise<{ name: string } | null>;
	/** `gone`: as `linkOwner`. */
	choose(secret: string, password: string): Promise<'chosen' | 'gone' | PasswordProblem>;
	/** Null for an account without a password of ours. */
	own(identityId: string): Promise<OwnPassword | null>;
	change(owner: PasswordOwner, wanted: { current: string; next: string }): Promise<'changed' | 'wrong' | PasswordProblem>;
	/** For an app, which shows codes then. */
	beginSecondFactor(owner: PasswordOwner, current: string): Promise<{ secret: string; address: string } | 'wrong'>;
	/** @returns codes for whoever loses the app. */
	keepSecondFactor(owner: PasswordOwner, code: string): Promise<string[] | 'wrong'>;
}

export interface PasswordOwner {
	identityId: string;
	/** The session that goes on. */
	sessionId: string;
}

export interface PasswordDoorDependencies {
	accounts: LocalAccounts;
	work: PasswordWork;
	requests: RequestLimits;
	clock: Pick<Clock, 'now'>;
	/** For what known browsers bring. */
	key: Buffer;
	publicUrl: string;
}

/** No password has it: for names that there are not. */
const nobodysHash = `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;
const product = 'OpenCCB';

export function createPasswordDoor({ accounts, work, requests, clock, key, publicUrl }: PasswordDoorDependencies): PasswordDoor {
	const browserProof = (identityId: string) => createHmac('sha256', key).update(identityId).digest('base64url');

	async function count(kind: RequestKind, counted: string): Promise<void> {
		const retryAfterMs = await requests.admit(kind, counted);
		if (retryAfterMs !== null) throw new BotError('RATE_LIMITED', 'too many passwords were tried', { retryAfterMs });
	}

	/** Of a name everywhere no more than of anybody's: but for browsers that came in with it before, whom strangers cannot hold up. */
	async function admit({ name, from, knownBrowser }: PasswordEntry, identityId: string | null): Promise<void> {
		const isKnown = identityId !== null && knownBrowser !== null && isEqualText(knownBrowser, browserProof(identityId));
		// Names that people type are nobody's business but theirs.
		const named = createHash('sha256').update(localAccount(name).accountId).digest('base64url');
		await count('passwordFrom', from);
		const pair = isKnown ? `known ${named}` : `${from} ${named}`;
		await count('password', pair);
		await count('passwordLong', pair);
		if (!isKnown) await count('passwordName', named);
	}

	async function isRight(password: string, account: PasswordAccount | null): Promise<boolean> {
		const isTheirs = await work.run(() => isPassword(password, account?.passwordHash ?? nobodysHash));
		return isTheirs && account !== null && account.passwordHash !== null;
	}

	async function isCode(account: PasswordAccount, secret: string, code: string): Promise<boolean> {
		const step = stepOfCode(secret, code, { nowMs: clock.now(), after: account.secondStep });
		return step === null ? await accounts.takeRecoveryCode(account, code) : await accounts.takeStep(account, step);
	}

	/** @returns null for a password that is not theirs. */
	async function proven({ identityId }: PasswordOwner, password: string): Promise<PasswordAccount | null> {
		await count('password', identityId);
		await count('passwordLong', identityId);
		const account = await accounts.ofIdentity(identityId);
		return (await isRight(password, account)) ? account : null;
	}

	function problemFor({ name, displayName }: PasswordAccount, password: string): PasswordProblem | null {
		return problemOfPassword(password, [name, displayName, new URL(publicUrl).hostname]);
	}

	return {
		async enter(entry) {
			const account = await accounts.find(entry.name);
			await admit(entry, account?.identityId ?? null);
			if (!(await isRight(entry.password, account)) || account === null) return { refused: 'wrong' };
			if (account.secondSecret !== null) {
				if (entry.code === null) return { refused: 'code-needed' };
				if (!(await isCode(account, account.secondSecret, entry.code))) return { refused: 'wrong-code' };
			}
			if (isOutdated(account.passwordHash ?? '')) await accounts.rehash(account, await work.run(() => hashPassword(entry.password)));
			return { entered: localAccount(account.name), knownBrowser: browserProof(account.identityId) };
		},
		async linkOwner(secret) {
			const account = await accounts.ofLink(secret);
			return account === null ? null : { name: account.name };
		},
		async choose(secret, password) {
			const account = await accounts.ofLink(secret);
			if (account === null) return 'gone';
			const problem = problemFor(account, password);
			if (problem !== null) return problem;
			const hash = await work.run(() => hashPassword(password));
			return (await accounts.chooseByLink(secret, hash)) ? 'chosen' : 'gone';
		},
		async own(identityId) {
			const account = await accounts.ofIdentity(identityId);
			if (account === null) return null;
			return { hasSecondFactor: account.secondSecret !== null, recoveryCodesLeft: account.recoveryHashes.length };
		},
		async change(owner, { current, next }) {
			const account = await proven(owner, current);
			if (account === null) return 'wrong';
			const problem = problemFor(account, next);
			if (problem !== null) return problem;
			await accounts.change(account, await work.run(() => hashPassword(next)), owner.sessionId);
			return 'changed';
		},
		async beginSecondFactor(owner, current) {
			const account = await proven(owner, current);
			if (account === null) return 'wrong';
			const secret = await accounts.beginSecondFactor(account);
			return { secret, address: timeSecretAddress(secret, account.name, product) };
		},
		async keepSecondFactor(owner, code) {
			await count('password', owner.identityId);
			const account = await accounts.ofIdentity(owner.identityId);
			const secret = account?.secondPending ?? null;
			const step = secret === null ? null : stepOfCode(secret, code, { nowMs: clock.now(), after: 0 });
			if (account === null || step === null) return 'wrong';
			return await accounts.keepSecondFactor(account, step, owner.sessionId);
		},
	};
}
