/** What is kept of passwords, which are taken, and codes of a second factor. */

import { describe, expect, it } from 'vitest';
import { hashPassword, isOutdated, isPassword } from '#src/sessions/passwords/password-hash.ts';
import { problemOfPassword } from '#src/sessions/passwords/password-rule.ts';
import { createPasswordWork } from '#src/sessions/passwords/password-work.ts';
import { hashOfRecoveryCode, newRecoveryCodes } from '#src/sessions/passwords/recovery-code.ts';
import { newTimeSecret, stepOfCode, timeCode, timeSecretAddress } from '#src/sessions/passwords/time-code.ts';

describe('a hash', () => {
	it('is Argon2id as others make it', async () => {
		// Of the tests of the reference implementation: t=2, m=256, p=1.
		const known = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
		expect(await isPassword('password', known)).toBe(true);
		expect(await isPassword('passwore', known)).toBe(false);
		expect(isOutdated(known)).toBe(true);
	});

	it('is another one each time, and fits its own password alone, however that is composed', async () => {
		const [one, other] = [await hashPassword('Ñandú über 12345'), await hashPassword('Ñandú über 12345')];
		expect(one).not.toBe(other);
		expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
		expect(isOutdated(one)).toBe(false);
		expect(await isPassword('Ñandú über 12345'.normalize('NFD'), one)).toBe(true);
		expect(await isPassword('Ñandú über 12346', one)).toBe(false);
	});

	it('differs in the last of many characters', async () => {
		const long = 'x'.repeat(127);
		expect(await isPassword(`${long}b`, await hashPassword(`${long}a`))).toBe(false);
	});

	it.each(['', 'plain', '$2b$10$abc', '$argon2id$v=19$m=x$a$b'])('is none: %j', async (hash) => {
		expect(await isPassword('anything', hash)).toBe(false);
		expect(isOutdated(hash)).toBe(true);
	});
});

describe('a password', () => {
	it.each([
		['14 characters!!', null],
		['fourteen chars', 'too-short'],
		['violet otter ladder', null],
		['caballo grapa lámpara', null],
		['Xk7#pQ2m-vR9wLt5', null],
		['😀😀😀😀😀😀😀😀😀😀', 'too-short'],
		['a'.repeat(129), 'too-long'],
		['passwordpassword', 'too-common'],
		['Password12345678', 'too-common'],
		['P@ssw0rd!P@ssw0rd!', 'too-common'],
		['qwertyuiopasdfghjkl', 'too-common'],
		['123456789012345678', 'too-common'],
		['aaaaaaaaaaaaaaaaaaaa', 'too-common'],
		['abcabcabcabcabcabc', 'too-common'],
		['contraseña2026!!', 'too-common'],
		['Bienvenido-Enero-2026', 'too-common'],
		['lucia.gil.lucia.gil', 'too-common'],
		['example.com2026example', 'too-common'],
		['iloveyou1987monkey', 'too-common'],
		['1qaz2wsx3edc4rfv', 'too-common'],
	])('%j: %s', (password, problem) => {
		expect(problemOfPassword(password, ['lucia.gil', 'Lucía Gil', 'bot.example.com'])).toBe(problem);
	});

	it('may have any signs, 128 of them', () => {
		expect(problemOfPassword(`${'wörter kommen  vor '.repeat(6)}${'x7Gq-'.repeat(2)}`.slice(0, 128), [])).toBeNull();
	});
});

describe('codes that an app shows', () => {
	/** Of RFC 6238, appendix B: the last six of its eight digits. */
	const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
	it.each([
		[59, '287082'],
		[1_111_111_109, '081804'],
		[1_234_567_890, '005924'],
		[20_000_000_000, '353130'],
	])('at %i s are %s', (seconds, code) => {
		expect(timeCode(secret, Math.floor(seconds / 30))).toBe(code);
		expect(stepOfCode(secret, `${code.slice(0, 3)} ${code.slice(3)}`, { nowMs: seconds * 1_000, after: 0 })).toBe(Math.floor(seconds / 30));
	});

	it('count for a step before and after, and never twice', () => {
		const nowMs = 1_234_567_890_000;
		const step = Math.floor(nowMs / 30_000);
		const at = (offset: number, after = 0) => stepOfCode(secret, timeCode(secret, step + offset), { nowMs, after });
		expect([-2, -1, 0, 1, 2].map((offset) => at(offset))).toEqual([null, step - 1, step, step + 1, null]);
		expect(at(0, step)).toBeNull();
	});

	it('come from 160 bits, in a form that apps open', () => {
		const made = newTimeSecret();
		expect(made).toMatch(/^[A-Z2-7]{32}$/);
		expect(made).not.toBe(newTimeSecret());
		expect(timeSecretAddress('ABC', 'lucia', 'OpenCCB')).toBe('otpauth://totp/OpenCCB:lucia?secret=ABC&issuer=OpenCCB');
	});

	it('have others beside them for whoever loses the app', () => {
		const codes = newRecoveryCodes();
		expect(new Set(codes).size).toBe(8);
		for (const code of codes) expect(code).toMatch(/^([A-HJ-NP-Z2-9]{5}-){4}[A-HJ-NP-Z2-9]{5}$/);
		expect(hashOfRecoveryCode('abcde-fghjk')).toBe(hashOfRecoveryCode(' ABCDE FGHJK '));
	});
});

describe('looking at passwords', () => {
	it('goes two at a time, twenty wait, and more are refused', async () => {
		const work = createPasswordWork();
		let running = 0;
		let most = 0;
		const ends: (() => void)[] = [];
		const tries = Array.from({ length: 25 }, () =>
			work.run(async () => {
				running += 1;
				most = Math.max(most, running);
				await new Promise<void>((resolve) => ends.push(resolve));
				running -= 1;
			}),
		);
		const outcomes = Promise.allSettled(tries);
		for (let ended = 0; ended < 22; ended++) {
			await expect.poll(() => ends.length).toBeGreaterThan(ended);
			ends[ended]?.();
		}
		const refused = (await outcomes).filter(({ status }) => status === 'rejected');
		expect(refused).toHaveLength(3);
		expect(refused[0]).toMatchObject({ reason: { code: 'RATE_LIMITED' } });
		expect(most).toBe(2);
		await expect(work.run(async () => 'free')).resolves.toBe('free');
	});
});
