/** Limits as a request meets them, over counters in memory and in a real Redis. */

import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { type Counters, openCounters } from '#src/limits/counters.ts';
import type { LimitValues } from '#src/limits/limit-values.ts';
import { createLimits, type LimitedPerson, type LimitedRequest } from '#src/limits/limits.ts';
import { createStandardLimits } from '#src/limits/standard-limits.ts';
import { createOwnRedis } from '../redis/own-redis.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const standard = { requestsPerMinute: 3, tokensPerDay: 1_000, repliesInFlight: 2 };
const question: LimitedRequest = { characters: 10, model: 'gemma' };
const opened: Counters[] = [];

afterEach(async () => {
	await Promise.all(opened.splice(0).map((counters) => counters.close()));
});

function open(url: string | null = null) {
	const refused: string[] = [];
	const counters = openCounters({ url, answerWithinMs: 400 });
	opened.push(counters);
	const limits = createLimits({ counters, standard: createStandardLimits(standard), observeRefusal: (limit) => refused.push(limit) });
	return { limits, refused };
}

function somebody(own: LimitValues = {}, role: LimitedPerson['role'] = 'ccb_employee'): LimitedPerson {
	return { userId: randomUUID(), role, limits: own };
}

describe('questions in a minute', () => {
	it('are let through up to the limit; then it says when they are back', async () => {
		const { limits, refused } = open();
		const person = somebody();
		for (let asked = 0; asked < 3; asked += 1) expect(await limits.admit(person, question)).toBeNull();
		const refusal = await limits.admit(person, question);
		expect(refusal).toEqual({ limit: 'requestsPerMinute', allowed: 3, backInMs: expect.any(Number) });
		expect(refusal).toHaveProperty(
			'backInMs',
			expect.toSatisfy((ms: number) => ms > 30_000 && ms <= 60_000),
		);
		expect(refused).toEqual(['requestsPerMinute']);
	});

	it('are each person’s own', async () => {
		const { limits } = open();
		const person = somebody();
		for (let asked = 0; asked < 4; asked += 1) await limits.admit(person, question);
		expect(await limits.admit(somebody(), question)).toBeNull();
	});

	it('are exactly as many when all come at once, also to several processes', async () => {
		const [one, two] = [open(inject('redisUrl')), open(inject('redisUrl'))];
		const person = somebody({ requestsPerMinute: 10 });
		// Both count in Redis once a question to the one is seen by the other.
		const known = somebody();
		await expect
			.poll(async () => {
				await one.limits.charge(known, 1);
				return (await two.limits.quota(known)).used.tokensPerDay.used;
			})
			.toBeGreaterThan(0);
		await expect
			.poll(async () => {
				await two.limits.charge(known, 1_000);
				return (await one.limits.quota(known)).used.tokensPerDay.used;
			})
			.toBeGreaterThan(1_000);
		const answers = await Promise.all(
			Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? one : two).limits.admit(person, question)),
		);
		expect(answers.filter((refusal) => refusal === null)).toHaveLength(10);
		expect((await one.limits.quota(person)).used.requestsPerMinute.used).toBe(10);
	});

	it('can be forbidden, and then nothing is said of a time', async () => {
		const { limits } = open();
		expect(await limits.admit(somebody({ requestsPerMinute: 0 }), question)).toEqual({
			limit: 'requestsPerMinute',
			allowed: 0,
			backInMs: null,
		});
	});
});

describe('tokens in a day', () => {
	it('let an answer begin while any are left, and count what it costs beyond them', async () => {
		const { limits } = open();
		const person = somebody();
		await limits.charge(person, 999);
		expect(await limits.admit(person, question)).toBeNull();
		await limits.charge(person, 4_000);
		expect(await limits.admit(person, question)).toMatchObject({ limit: 'tokensPerDay', allowed: 1_000 });
		const { used } = await limits.quota(person);
		expect(used.tokensPerDay.used).toBe(4_999);
		expect(used.tokensPerDay.resetInMs).toBeGreaterThan(dayMs - hourMs);
		expect(used.tokensPerDay.resetInMs).toBeLessThanOrEqual(dayMs);
	});

	it('are whole, and nothing costs nothing', async () => {
		const { limits } = open();
		const person = somebody();
		await limits.charge(person, 0);
		expect((await limits.quota(person)).used.tokensPerDay).toEqual({ used: 0, resetInMs: 0 });
		await limits.charge(person, 1.2);
		expect((await limits.quota(person)).used.tokensPerDay.used).toBe(2);
	});
});

describe('files', () => {
	const mebibyte = 1_024 * 1_024;

	it('are refused by the size that the platform tells', async () => {
		const { limits, refused } = open();
		expect(await limits.admitFile(somebody(), 31 * mebibyte)).toBe('uploadBytes');
		expect(refused).toEqual(['uploadBytes']);
		expect(limits.uploadBytes(somebody())).toBe(25 * mebibyte);
	});

	it('of exactly the limit, and of a size that nobody knows, are let through', async () => {
		const { limits } = open();
		expect(await limits.admitFile(somebody(), 25 * mebibyte)).toBeNull();
		expect(await limits.admitFile(somebody(), null)).toBeNull();
	});

	it('are counted by the day, and apart from questions', async () => {
		const { limits, refused } = open();
		const person = somebody({ uploadsPerDay: 2, requestsPerMinute: 1 });
		expect([await limits.admitFile(person, 1), await limits.admitFile(person, 1)]).toEqual([null, null]);
		expect(await limits.admitFile(person, 1)).toBe('uploadsPerDay');
		expect(await limits.admit(person, question)).toBeNull();
		expect((await limits.quota(person)).used).toMatchObject({ uploadsPerDay: { used: 2 }, requestsPerMinute: { used: 1 } });
		expect(refused).toEqual(['uploadsPerDay']);
	});

	it('that are shared at the same moment take no more places than there are', async () => {
		const { limits } = open();
		const person = somebody({ uploadsPerDay: 1 });
		const answers = await Promise.all([limits.admitFile(person, 1), limits.admitFile(person, 1)]);
		expect(answers.toSorted()).toEqual([null, 'uploadsPerDay'].toSorted());
		expect((await limits.quota(person)).used.uploadsPerDay.used).toBe(1);
	});
});

describe('a refused request', () => {
	it.each([
		['a message that is too long', { messageCharacters: 9 }, { limit: 'messageCharacters', allowed: 9, size: 10 }],
		['a model that is not theirs', { models: ['other'] }, { limit: 'models', wanted: 'gemma', allowed: ['other'] }],
		['no tokens left', { tokensPerDay: 0 }, { limit: 'tokensPerDay', allowed: 0, backInMs: null }],
	] as const)('counts nowhere: %s', async (_name, own, expected) => {
		const { limits, refused } = open();
		const person = somebody(own as LimitValues);
		expect(await limits.admit(person, question)).toEqual(expected);
		const { used } = await limits.quota(person);
		expect(Object.values(used)).toEqual(Array(3).fill({ used: 0, resetInMs: 0 }));
		expect(refused).toEqual([expected.limit]);
	});

	it('hears of the limit that lasts longest when several are full', async () => {
		const { limits } = open();
		const person = somebody({ requestsPerMinute: 1 });
		await limits.admit(person, question);
		await limits.charge(person, 5_000);
		expect(await limits.admit(person, question)).toMatchObject({ limit: 'tokensPerDay' });
	});
});

describe('what holds for a person', () => {
	it('is their own or their role’s where there is one, and the standard otherwise', async () => {
		const { limits } = open();
		const { allowed } = await limits.quota(somebody({ requestsPerMinute: 7, tokensPerDay: null }));
		expect(allowed).toMatchObject({ requestsPerMinute: 7, tokensPerDay: null, repliesInFlight: 2, uploadsPerDay: 50, models: null });
	});

	it('has no limits by the day for administrators, unless somebody set them', async () => {
		const { limits } = open();
		const { allowed } = await limits.quota(somebody({ uploadsPerDay: 4 }, 'ccb_admin'));
		expect(allowed).toMatchObject({ requestsPerMinute: 3, tokensPerDay: null, uploadsPerDay: 4, repliesInFlight: 2 });
	});

	it('changes without forgetting what was used', async () => {
		const { limits } = open();
		const person = somebody({ requestsPerMinute: 1 });
		await limits.admit(person, question);
		expect(await limits.admit(person, question)).not.toBeNull();
		const raised = { ...person, limits: { requestsPerMinute: 2 } };
		expect(await limits.admit(raised, question)).toBeNull();
		expect(await limits.admit(raised, question)).not.toBeNull();
		expect(await limits.admit({ ...person, limits: { requestsPerMinute: null } }, question)).toBeNull();
	});

	it('says how many answers may be under way, and which models and tools are theirs', () => {
		const { limits } = open();
		const person = somebody({ tools: ['search'], repliesInFlight: null });
		expect(limits.inFlightLimit(person)).toBeNull();
		expect(limits.inFlightLimit(somebody())).toBe(2);
		expect(limits.mayUse(person, 'tools', 'search')).toBe(true);
		expect(limits.mayUse(person, 'tools', 'sql')).toBe(false);
		expect(limits.mayUse(person, 'models', 'any')).toBe(true);
	});
});

it('a Redis that is killed lets nobody begin afresh, and stops nobody who has something left', async () => {
	const server = await createOwnRedis();
	await server.start();
	const { limits } = open(server.url);
	const [spent, fresh] = [somebody(), somebody()];
	await limits.charge(spent, 5_000);
	await limits.admit(fresh, question);
	await server.kill();
	expect(await limits.admit(spent, question)).toMatchObject({ limit: 'tokensPerDay' });
	expect([await limits.admit(fresh, question), await limits.admit(fresh, question)]).toEqual([null, null]);
	expect(await limits.admit(fresh, question)).toMatchObject({ limit: 'requestsPerMinute' });
});

describe('private words', () => {
	it('are said to one person sixty times a minute, and to others all the same', async () => {
		const { limits } = open(inject('redisUrl'));
		const [person, other] = [somebody(), somebody()];
		const answers: boolean[] = [];
		for (let count = 1; count <= 61; count += 1) answers.push(await limits.mayBeTold(person));
		expect(answers).toEqual([...Array(60).fill(true), false]);
		expect(await limits.mayBeTold(other)).toBe(true);
	});
});
