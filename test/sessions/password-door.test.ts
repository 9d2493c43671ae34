/** How often passwords may be tried: whoever tries is slowed down, and nobody is locked out. */

import { expect, it, onTestFinished } from 'vitest';
import { openLimits } from '#src/limits/open-limits.ts';
import type { LocalAccounts, PasswordAccount } from '#src/sessions/passwords/local-accounts.ts';
import { createPasswordDoor, type PasswordOutcome } from '#src/sessions/passwords/password-door.ts';
import type { PasswordWork } from '#src/sessions/passwords/password-work.ts';

const lucia: PasswordAccount = {
	...{ identityId: 'an-identity', name: 'lucia', displayName: 'Lucía', passwordHash: 'hers', recoveryHashes: [] },
	...{ secondSecret: null, secondPending: null, secondStep: 0 },
};

function open() {
	const limits = openLimits({
		redisUrl: null,
		standard: { requestsPerMinute: 20, tokensPerDay: 500_000, repliesInFlight: 10 },
		observeRefusal: () => {},
	});
	onTestFinished(() => limits.close());
	const world = { isRight: false, looked: 0 };
	/** Nothing is hashed: whether it is right, the test says. */
	const work: PasswordWork = {
		async run<Result>() {
			world.looked += 1;
			return world.isRight as Result;
		},
	};
	const notAsked = async () => {
		throw new Error('not asked here');
	};
	const accounts: LocalAccounts = {
		...{ add: notAsked, renew: notAsked, ofLink: notAsked, chooseByLink: notAsked, change: notAsked, beginSecondFactor: notAsked },
		...{ keepSecondFactor: notAsked, dropSecondFactor: notAsked, takeStep: notAsked, takeRecoveryCode: notAsked },
		rehash: async () => {},
		ofIdentity: async () => lucia,
		find: async (name) => (name === 'lucia' ? lucia : null),
	};
	const surroundings = { clock: { now: () => 0 }, key: Buffer.alloc(32), publicUrl: 'https://bot.example.com' };
	const door = createPasswordDoor({ accounts, work, requests: limits.requests, ...surroundings });
	async function enter(name: string, from: string, knownBrowser: string | null = null): Promise<PasswordOutcome | 'later'> {
		const asked = door.enter({ name, password: 'any', code: null, from, knownBrowser });
		return await asked.catch((thrown: { code?: string; retryAfterMs?: number }) => {
			if (thrown.code !== 'RATE_LIMITED') throw thrown;
			expect(thrown.retryAfterMs).toBeLessThanOrEqual(15 * 60_000);
			return 'later';
		});
	}
	return { world, door, enter };
}

it.each(['lucia', 'nobody'])('slows down whoever tries from one address, whether there is such a name or not: %s', async (name) => {
	const { world, enter } = open();
	for (let count = 0; count < 6; count++) expect(await enter(name, 'a')).toEqual({ refused: 'wrong' });
	expect(await enter(name, 'a')).toBe('later');
	expect(world.looked).toBe(6);
	expect(await enter(name, 'b')).toEqual({ refused: 'wrong' });
	expect(await enter('another', 'a')).toEqual({ refused: 'wrong' });
});

it('slows down whoever tries many names from one address', async () => {
	const { enter } = open();
	for (let count = 0; count < 300; count++) expect(await enter(`name-${count}`, 'a')).toEqual({ refused: 'wrong' });
	expect(await enter('one-more', 'a')).toBe('later');
	expect(await enter('one-more', 'b')).toEqual({ refused: 'wrong' });
});

it('lets a browser in that came in before, while strangers try its name from everywhere', async () => {
	const { world, enter } = open();
	world.isRight = true;
	const first = await enter('lucia', 'home');
	const known = 'entered' in Object(first) ? (first as { knownBrowser: string }).knownBrowser : null;
	expect(known).toMatch(/^[\w-]{43}$/);
	world.isRight = false;
	for (let count = 1; count < 60; count++) expect(await enter('lucia', `stranger-${count}`)).toEqual({ refused: 'wrong' });
	world.isRight = true;
	for (const forged of [null, 'x'.repeat(43)]) expect(await enter('lucia', 'elsewhere', forged)).toBe('later');
	expect(await enter('lucia', 'elsewhere', known)).toMatchObject({ entered: { accountId: 'lucia' } });
	world.isRight = false;
	for (let count = 0; count < 5; count++) expect(await enter('lucia', 'elsewhere', known)).toEqual({ refused: 'wrong' });
	expect(await enter('lucia', 'elsewhere', known)).toBe('later');
});

it('slows down whoever tries from within a session', async () => {
	const { door } = open();
	const owner = { identityId: lucia.identityId, sessionId: 'one' };
	for (let count = 0; count < 6; count++) expect(await door.change(owner, { current: 'a', next: 'b' })).toBe('wrong');
	await expect(door.beginSecondFactor(owner, 'a')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
});
